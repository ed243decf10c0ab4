//! Whether a directory may be exported: the schema first, then what the offices say of each other.
//!
//! Each office goes this way, on whichever core has it:
//!
//! 1. It is read into the types of [`crate::model`]. What they read is JSON without a key that stands
//!    twice.
//! 2. `fast_accept` looks whether the schema certainly accepts it, which is true of nearly all offices and
//!    takes a fraction of the time. Else the JSON Schema is asked, and its errors are put into words.
//! 3. The rules of offices look at it.
//!
//! An office that the types do not read is scanned for mistakes of syntax, asked by the schema, and then
//! repaired as far as the findings say how, so that its other mistakes are found in the same run.
//!
//! When all offices were seen, the rules of the whole look at what the registry has found. Suppressed
//! findings are taken away where they are made.

mod fast_accept;
mod rules;
mod schema;
#[doc = include_str!("../../docs/rules.md")]
pub mod rules_reference {}
mod suppressions;

use std::collections::HashSet;
use std::io;

use serde::Deserialize;
use serde_json::Value;

pub(crate) use fast_accept::is_slug;
pub use rules::{RULES, rule};
pub use schema::{SCHEMA, SCHEMA_VERSION, draft_07};
use suppressions::Suppressions;
pub use suppressions::{RuleSeverity, Suppression, unused};

use crate::finding::{Finding, Findings, Severity, is_fatal};
use crate::json::{ValueIndex, scan};
use crate::model::{Header, Office};
use crate::read::{DirectorySource, OwnedOffice, RawOffice, Registry};
use rules::{OfficeContext, OfficeReporter};

/// Checks one directory: its header once, then every office on whichever core has it. It may be shared by
/// threads; what it counts, it counts atomically. [`crate::directory::Directory::read`] uses it; programs
/// need it only to check single offices.
///
/// # Example
///
/// ```
/// use officedir::check::Checker;
/// use officedir::finding::Findings;
/// use officedir::read::RawOffice;
///
/// let json = r#"{"id": "seat", "name": "Seat", "kind": "office", "time_zone": "Europe/Bonn"}"#;
/// let mut findings = Findings::default();
/// let raw = RawOffice { json, offset: 0, index: 0 };
/// let office = Checker::new(&[]).office(&raw, &mut findings);
/// assert!(office.is_some(), "it can be read, whatever else is wrong with it");
/// assert_eq!(findings.kept()[0].code, "office/time-zone");
/// ```
pub struct Checker<'d> {
    suppressions: Suppressions<'d>,
    severities: &'d [RuleSeverity],
}

impl<'d> Checker<'d> {
    /// Makes ready to check offices; what is suppressed is not found.
    pub fn new(suppressions: &'d [Suppression]) -> Self {
        Checker { suppressions: Suppressions::new(suppressions), severities: &[] }
    }

    /// The same with other severities of rules.
    #[must_use]
    pub fn severities(self, severities: &'d [RuleSeverity]) -> Self {
        Checker { severities, ..self }
    }

    /// Everything that concerns the directory as a whole, and its header where nothing is wrong with it.
    /// A directory without a header, such as a part of one, has an organisation without a name.
    ///
    /// Comes after all offices, because it is about what they refer to.
    ///
    /// # Errors
    /// What keeps the offices from being read.
    pub fn whole<'s>(
        &self,
        source: DirectorySource<'s>,
        registry: &Registry,
        findings: &mut Findings,
    ) -> io::Result<Option<Header<'s>>> {
        let (mut found, mut warnings) = (Findings::default(), Findings::default());
        let mut typed = Some(Header::default());
        if let Some((header, text)) = source.header() {
            if !fast_accept::is_valid_header(header) {
                schema::header(header, text, &mut found);
            }
            rules::url_punctuation::header(header, text, &found, &mut warnings);
            rules::precision::header(header, text, &mut warnings);
            // Of a member that stands there twice nobody knows which value is meant.
            let is_sound = found.is_empty()
                && source.findings().iter().all(|it| it.severity != Severity::Error);
            typed = if is_sound { read_header(header, &mut found) } else { None };
        }
        let of_rules = rules::whole(source, registry, &self.suppressions)?;
        found = found.merge(warnings).merge(of_rules);
        self.weigh(&mut found);
        let in_regions = |finding: &Finding| {
            finding.severity == Severity::Error && finding.pointer.starts_with("/regions")
        };
        let typed = typed.filter(|_| !found.kept().iter().any(in_regions));
        let of_source = Findings::from(source.findings().to_vec());
        *findings = std::mem::take(findings).merge(of_source).merge(found);
        Ok(typed)
    }

    /// Checks one office; gives it where the types read it, whatever else is wrong with it.
    pub fn office<'a>(&self, raw: &RawOffice<'a>, findings: &mut Findings) -> Option<Office<'a>> {
        let mut found = findings.like();
        let office = match serde_json::from_str::<Office<'a>>(raw.json) {
            // What the types read has no syntax error and no key twice.
            Ok(office) => {
                if !fast_accept::is_valid(&office, raw.json) {
                    in_schema(raw, &mut found);
                }
                rules(raw, &office, &mut found);
                Some(office)
            }
            Err(error) => {
                untyped(raw, &error, &mut found);
                None
            }
        };
        if !found.is_empty() {
            let id = match &office {
                Some(office) => Some(office.id.to_string()),
                None => Some(OwnedOffice::from(*raw).id).filter(|id| !id.is_empty()),
            };
            found.of_office(id.as_deref());
            self.suppressions.take(&id.unwrap_or_default(), &mut found);
            self.weigh(&mut found);
            findings.append(&mut found.sorted());
        }
        office
    }
}

impl Checker<'_> {
    /// Gives findings the severities of the configuration.
    fn weigh(&self, findings: &mut Findings) {
        self.severities.iter().for_each(|it| findings.weigh(it.rule, it.severity));
    }
}

/// That a directory is written in a later version of the format than [`SCHEMA_VERSION`], if it is. Nothing else can be
/// said of such a directory, so [`crate::directory::Directory::read`] asks first and then checks nothing.
///
/// A value that is no version at all is a matter of the schema.
pub fn newer_version(source: DirectorySource<'_>) -> Option<Finding> {
    const POINTER: &str = "/schema_version";
    let (header, text) = source.header()?;
    let value = header.get("schema_version")?;
    // JSON Schema takes 9.0 for an integer, and so does the rest of the program.
    let is_newer = |number: &f64| number.fract() == 0.0 && *number > f64::from(SCHEMA_VERSION);
    value.as_f64().filter(is_newer)?;
    let place = ValueIndex::of_header(text).find(POINTER);
    // Of a member that stands there twice nobody knows which value is meant.
    let key = place.as_ref().and_then(|found| found.key.clone());
    if source.findings().iter().any(|finding| key.as_ref() == Some(&finding.span)) {
        return None;
    }
    let message = format!(
        "the file is written in version {value} of the format, and this program knows {SCHEMA_VERSION}"
    );
    let mut finding = Finding::new(&rules::version::RULE, message).help("get a newer officedir");
    finding.span = place.map_or(0..0, |found| found.value);
    finding.pointer = POINTER.to_owned();
    Some(finding)
}

/// What is wrong with an office that the types do not read.
fn untyped(raw: &RawOffice<'_>, error: &serde_json::Error, found: &mut Findings) {
    let syntax = scan(raw.json, raw.offset, DEPTH_OF_OFFICES);
    let is_broken = syntax.iter().any(is_fatal);
    syntax.into_iter().for_each(|finding| found.push(finding));
    if is_broken {
        return;
    }
    let Some(mut value) = in_schema(raw, found) else { return };
    if found.is_empty() {
        let whole = raw.offset..raw.offset + raw.json.len();
        found.push(Finding::new(&rules::schema::TYPE, error.to_string()).at(whole));
    }
    // The rules may still have something to say of the rest.
    repair(&mut value, raw.index, found.kept());
    if let Ok(office) = Office::deserialize(&value) {
        rules(raw, &office, found);
    }
}

/// What the schema says of an office.
fn in_schema(raw: &RawOffice<'_>, found: &mut Findings) -> Option<Value> {
    let value = serde_json::from_str(raw.json).ok()?;
    let pointer = format!("/offices/{}", raw.index);
    schema::office(&value, raw.json, raw.offset, &pointer, found);
    Some(value)
}

/// Adds the rules' findings on an office. What has its finding already gets no second one, and an office with more of
/// them than are kept gets no others.
fn rules(raw: &RawOffice<'_>, office: &Office<'_>, found: &mut Findings) {
    if !found.omitted().is_empty() {
        return;
    }
    let mut more = found.like();
    rules::office(
        &OfficeContext::new(office),
        &mut OfficeReporter::new(raw, found.kept(), &mut more),
    );
    if found.is_empty() {
        *found = more;
    } else if !more.is_empty() {
        let known = found.kept().iter().map(|finding| finding.pointer.clone());
        let known: HashSet<String> = known.collect();
        more.retain(|finding| !known.contains(&finding.pointer));
        found.append(&mut more);
    }
}

/// Makes of an office what the types read, as far as the findings of the schema say how.
fn repair(office: &mut Value, index: usize, findings: &[Finding]) {
    let of_office = format!("/offices/{index}");
    for finding in findings {
        let Some(pointer) = finding.pointer.strip_prefix(&of_office) else { continue };
        let Some((parent, name)) = pointer.rsplit_once('/') else { continue };
        // RFC 6901, section 4: first `~1`, then `~0`, or `~01` would become a slash.
        let name = name.replace("~1", "/").replace("~0", "~");
        let Some(Value::Object(members)) = office.pointer_mut(parent) else { continue };
        if finding.code == rules::schema::UNKNOWN_MEMBER.code {
            let value = members.remove(&name).unwrap_or_default();
            rules::schema::meant(finding).map(|meant| members.entry(meant).or_insert(value));
        } else if finding.code == rules::schema::TYPE.code || pointer == "/kind" {
            members.remove(&name);
        }
    }
    if let Value::Object(members) = office {
        // Without its required members the office could not be read at all, and no rule would see its
        // addresses. Rules say nothing of an empty id or name.
        for (name, value) in [("id", ""), ("name", ""), ("kind", "office")] {
            members.entry(name).or_insert_with(|| value.into());
        }
    }
}

/// How many arrays and objects an office stands within.
const DEPTH_OF_OFFICES: usize = 2;

fn read_header<'d>(header: &'d Value, findings: &mut Findings) -> Option<Header<'d>> {
    Header::deserialize(header)
        .map_err(|error| findings.push(Finding::new(&rules::schema::TYPE, error.to_string())))
        .ok()
}
