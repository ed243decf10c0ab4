//! Findings that a change has brought: those of a file that its older version did not have.

use std::collections::HashMap;

use super::{Finding, Findings};

/// The findings of the new version that the old one does not have. Two are the same if they are of one rule, office,
/// member and message, which quotes the value, wherever they stand: what has only moved is not new. Of several that
/// are the same, as many are known as the old version has.
///
/// Of very many findings some are only counted. Those of them are new, rule by rule, that are more than there were.
pub fn since(new: &Findings, old: &Findings) -> Findings {
    let mut known: HashMap<Identity<'_>, usize> = HashMap::new();
    for finding in old.kept() {
        *known.entry(Identity::of(finding)).or_default() += 1;
    }
    let mut brought = Findings::default();
    for finding in new.kept() {
        match known.get_mut(&Identity::of(finding)) {
            Some(left) if *left > 0 => *left -= 1,
            _ => brought.push(finding.clone()),
        }
    }
    brought.omit_more_than(new, old);
    brought
}

/// What a finding is known again by when lines have moved.
#[derive(PartialEq, Eq, Hash)]
struct Identity<'f> {
    code: &'static str,
    office: Option<&'f str>,
    /// The pointer without positions, which change when something is added in front.
    member: String,
    message: &'f str,
    in_config: bool,
}

impl<'f> Identity<'f> {
    fn of(finding: &'f Finding) -> Self {
        let is_name = |part: &&str| !part.bytes().all(|byte| byte.is_ascii_digit());
        let member = finding.pointer.split('/').filter(is_name).collect::<Vec<_>>().join("/");
        Identity {
            code: finding.code,
            office: finding.office.as_deref(),
            member,
            message: &finding.message,
            in_config: finding.in_config,
        }
    }
}
