//! The directory as XML, with every member of the model in it.
//!
//! `schema/directory.xsd` is the contract: ids, parents and regions are keys and references, so that a reader
//! that validates finds a broken one. Elements stand in the order of the model.

pub(super) mod element;
mod extension;
mod selection;

use serde_json::Number;

use super::{
    Assembler, OfficeOutput, OmittedMember, OmittedMembers, OptionInfo, OptionKind, Writer,
    WriterInfo, WriterOptions,
};
use crate::directory::Context;
use crate::error::Error;
use crate::model::{Address, AlternateName, Coordinates, Header, Office, Printed, Use};
use element::XmlElements;
use selection::{OutsideParent, SelectionAssembler};

/// XML in the project's own vocabulary.
pub static INFO: WriterInfo = WriterInfo {
    name: "xml",
    about: "XML in the project's own vocabulary; carries every member",
    file: "offices.xml",
    default: true,
    leaves_out: &[OmittedMembers::always(&[
        OmittedMember::always("$schema"),
        OmittedMember::always("schema_version"),
    ])],
    options: &[OptionInfo {
        name: "version",
        help: "version of the vocabulary, whose contract is schema/directory.xsd",
        kind: OptionKind::Choice(&[VERSION]),
        default: VERSION,
    }],
    build,
};

/// The version of the vocabulary. A change that breaks readers gets another, and another namespace.
const VERSION: &str = "1";
/// Namespace of the vocabulary.
const NAMESPACE: &str = "urn:officedir:directory:1";

/// There are no options but the version.
struct XmlWriter;

/// Makes the writer; its one option has one value.
#[expect(clippy::unnecessary_wraps, reason = "the signature of all writers")]
fn build(_options: &WriterOptions) -> Result<Box<dyn Writer>, Error> {
    Ok(Box::new(XmlWriter))
}

impl Writer for XmlWriter {
    fn begin(&self, context: &Context<'_>, out: &mut Vec<u8>) {
        out.extend_from_slice(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        header(context, &mut XmlElements::new(out, 0));
    }

    fn office(&self, context: &Context<'_>, office: &Office<'_>, piece: &mut OfficeOutput) {
        write_office(office, &mut XmlElements::new(&mut piece.bytes, 1));
        // Only a selection may lack a parent.
        if context.partial {
            piece.keep(OutsideParent::of(office));
        }
    }

    fn end(&self, _context: &Context<'_>, out: &mut Vec<u8>) {
        XmlElements::new(out, 1).close("directory");
    }

    fn in_sections(&self) -> bool {
        true
    }

    fn join<'a>(&'a self, context: &'a Context<'a>) -> Option<Box<dyn Assembler + 'a>> {
        context.partial.then(|| Box::new(SelectionAssembler::new(self, context)) as _)
    }
}

/// The start tag of the document, the organisation, the kinds and the regions.
fn header(context: &Context<'_>, xml: &mut XmlElements<'_>) {
    xml.open("directory", &[("xmlns", Some(NAMESPACE)), ("schemaVersion", Some(VERSION))]);
    let Header { organization, kinds, regions, .. } = context.header;
    let scheme = organization.uid_scheme.map(|scheme| scheme.to_string());
    let attributes = [
        ("id", organization.id.as_deref()),
        ("headquarters", organization.headquarters.as_deref()),
        ("uidScheme", scheme.as_deref()),
    ];
    xml.parent("organization", &attributes, |xml| {
        xml.text("name", Some(&organization.name));
        alternate_names("alternateName", None, &organization.alternate_names, xml);
        xml.text("website", organization.website.as_ref());
    });
    for kind in kinds {
        xml.parent("kind", &[("id", Some(&*kind.id))], |xml| {
            xml.text("name", Some(&kind.name));
            alternate_names("alternateName", None, &kind.alternate_names, xml);
        });
    }
    for region in regions {
        let attributes = [("id", Some(&*region.id)), ("parent", region.parent.as_deref())];
        xml.leaf("region", &attributes, Some(&region.name));
    }
    // A region is an element of text, so that its other names have to stand behind it.
    for region in regions {
        alternate_names("regionName", Some(&*region.id), &region.alternate_names, xml);
    }
    extension::of_header(context.header, xml);
}

/// Second names, each with its language, and with the id of the region that it is one of.
fn alternate_names(
    element: &'static str,
    region: Option<&str>,
    names: &[AlternateName<'_>],
    xml: &mut XmlElements<'_>,
) {
    for name in names {
        let attributes = [("region", region), ("xml:lang", name.language())];
        xml.leaf(element, &attributes, Some(name.name()));
    }
}

/// An office with all its members.
fn write_office(office: &Office<'_>, xml: &mut XmlElements<'_>) {
    let attributes = [
        ("id", Some(&*office.id)),
        ("kind", Some(&*office.kind)),
        ("region", office.region.as_deref()),
        ("parent", office.parent.as_deref()),
    ];
    xml.parent("office", &attributes, |xml| {
        xml.text("name", Some(&office.name));
        alternate_names("alternateName", None, &office.alternate_names, xml);
        for address in &office.addresses {
            write_address(address, xml);
        }
        if let Some(Coordinates { latitude, longitude }) = office.coordinates.as_deref() {
            let [latitude, longitude] = [latitude, longitude].map(Number::to_string);
            let attributes = [("latitude", Some(&*latitude)), ("longitude", Some(&*longitude))];
            xml.leaf("coordinates", &attributes, None);
        }
        xml.text("openingHours", office.opening_hours.as_ref());
        contacts(office, xml);
        xml.text("timeZone", office.time_zone.as_ref());
        xml.text("updated", office.updated.as_ref());
        provenance(office, xml);
        extension::of_office(office, xml);
    });
}

/// An address by component.
fn write_address(address: &Address<'_>, xml: &mut XmlElements<'_>) {
    let uses = Use::join(&address.uses);
    let attributes = [("uses", Some(&*uses)), ("xml:lang", address.language.as_deref())];
    xml.parent("address", &attributes, |xml| {
        xml.text("careOf", address.care_of.as_ref());
        for line in &address.address_lines {
            xml.text("line", Some(line));
        }
        xml.text("postOfficeBox", address.post_office_box.as_ref());
        xml.text("dependentLocality", address.dependent_locality.as_ref());
        xml.text("locality", address.locality.as_ref());
        let code = address.administrative_area_code.as_deref();
        // An area may have a code and no name, and is then an element without text.
        if code.is_some() || address.administrative_area.is_some() {
            let area = address.administrative_area.as_deref();
            xml.leaf("administrativeArea", &[("code", code)], area);
        }
        xml.text("postalCode", address.postal_code.as_ref());
        xml.text("sortingCode", address.sorting_code.as_ref());
        xml.leaf("country", &[("code", Some(&address.country))], None);
        if let Some(printed) = &address.printed {
            write_printed(printed, xml);
        }
    });
}

/// The source's own forms.
fn write_printed(printed: &Printed<'_>, xml: &mut XmlElements<'_>) {
    xml.parent("printed", &[], |xml| {
        xml.text("careOf", printed.care_of.as_ref());
        for line in &printed.address_lines {
            xml.text("line", Some(line));
        }
        xml.text("postOfficeBox", printed.post_office_box.as_ref());
        xml.text("dependentLocality", printed.dependent_locality.as_ref());
        xml.text("locality", printed.locality.as_ref());
        xml.text("administrativeArea", printed.administrative_area.as_ref());
        xml.text("postalCode", printed.postal_code.as_ref());
        xml.text("sortingCode", printed.sorting_code.as_ref());
        xml.text("country", printed.country.as_ref());
    });
}

/// Telephones, e-mail, contact forms and websites.
fn contacts(office: &Office<'_>, xml: &mut XmlElements<'_>) {
    for phone in &office.phones {
        let attributes = [
            ("type", Some(phone.kind.as_str())),
            ("number", Some(&*phone.number)),
            ("label", phone.label.as_deref()),
            ("printed", phone.printed.as_deref()),
        ];
        xml.leaf("phone", &attributes, None);
    }
    for email in &office.emails {
        xml.leaf("email", &[("label", email.label())], Some(email.address()));
    }
    for form in &office.contact_forms {
        let attributes = [("url", Some(&*form.url)), ("label", form.label.as_deref())];
        xml.leaf("contactForm", &attributes, None);
    }
    for website in &office.websites {
        let attributes = [("url", Some(&*website.url)), ("printed", website.printed.as_deref())];
        xml.leaf("website", &attributes, None);
    }
}

/// Source and notes.
fn provenance(office: &Office<'_>, xml: &mut XmlElements<'_>) {
    if let Some(source) = &office.source {
        let [first, last] = source.lines.map(|line| line.to_string());
        let attributes = [
            ("document", Some(&*source.document)),
            ("firstLine", Some(&*first)),
            ("lastLine", Some(&*last)),
        ];
        xml.parent("source", &attributes, |xml| {
            source.text.iter().for_each(|line| xml.text("line", Some(line)));
        });
    }
    for note in &office.notes {
        // The schema has no other value: a note without it is of something normalised or inferred.
        let doubtful = note.doubtful.then_some("true");
        let attributes = [("pointer", Some(&*note.pointer)), ("doubtful", doubtful)];
        xml.leaf("note", &attributes, Some(&note.text));
    }
}
