//! The directory as vCards, which every address book reads: version 3.0 unless 4.0 is asked for, in one
//! file or in one for each office.
//!
//! Version 3.0 is written here line by line (`version3`, `line`), because address books read less than the
//! standard allows, and it matters which of several ways a thing is written. Version 4.0 is the `vcard`
//! crate's, which validates what it writes.
//!
#![doc = include_str!("../../../docs/address-books.md")]

mod line;
mod short;
mod split;
mod version3;
mod version4;

use super::card::{self, Card, lose_beside_vcard, lose_form_labels, lose_labels};
use super::options::SCRIPT;
use super::{
    Assembler, OfficeOutput, OmissionCase, OmittedMember, OmittedMembers, OptionCondition,
    OptionInfo, OptionKind, Writer, WriterInfo, WriterOptions,
};
use crate::directory::Context;
use crate::error::Error;
use crate::model::Office;
use crate::postal::Script;
use split::{SplitAssembler, radicale_properties, take_card};
use version3::CardProfile;

/// vCard 3.0 and 4.0.
pub static INFO: WriterInfo = WriterInfo {
    name: "vcard",
    about: "vCards for address books: Apple, Google, Android, Outlook, Nextcloud, Thunderbird",
    file: "offices.vcf",
    default: true,
    leaves_out: &[
        OmittedMembers::always(card::LEAVES_OUT),
        OmittedMembers {
            with: &[OptionCondition::Is("version", &["4.0"])],
            members: card::LEAVES_OUT_WITHOUT_LABEL,
        },
        OmittedMembers {
            with: &[OptionCondition::Is("split", &["office", "radicale"])],
            members: &[OmittedMember::when("offices", OmissionCase::Order)],
        },
    ],
    options: &[
        OptionInfo {
            name: "version",
            help: "3.0 is read everywhere; many address books refuse 4.0",
            kind: OptionKind::Choice(&["3.0", "4.0"]),
            default: "3.0",
        },
        OptionInfo {
            name: "profile",
            help: "of 3.0, without labels: outlook: with CHARSET; plain: for KAddressBook and abook",
            kind: OptionKind::Choice(&["default", "outlook", "plain"]),
            default: "default",
        },
        OptionInfo {
            name: "split",
            help: "office: a file for each office, in a folder of the file's name; radicale: the same, as an address book of Radicale",
            kind: OptionKind::Choice(&["none", "office", "radicale"]),
            default: "none",
        },
        SCRIPT,
    ],
    build,
};

/// The checked options.
struct VCard {
    /// Which version is written, and for whom.
    format: CardFormat,
    /// Whether each office has a file of its own.
    split: bool,
    /// Whether the folder of these files is an address book of Radicale.
    radicale: bool,
    /// Which address is first, where an office has it in two scripts.
    script: Script,
}

/// Which version, and for whom.
enum CardFormat {
    /// 3.0, in what the readers of that profile understand.
    Version3(CardProfile),
    /// 4.0, which has one profile.
    Version4,
}

/// Refuses profiles with version 4.0, which Outlook does not read.
fn build(options: &WriterOptions) -> Result<Box<dyn Writer>, Error> {
    let refused = |message: &str| Err(Error::new(message).with_help("leave out version=4.0"));
    let format = match (options.is("version", "4.0"), options.get("profile")) {
        (true, Some("outlook")) => return refused("Outlook does not read vCard 4.0"),
        (true, Some("plain")) => return refused("the profile plain is one of vCard 3.0"),
        (true, _) => CardFormat::Version4,
        (false, Some("outlook")) => CardFormat::Version3(CardProfile::Outlook),
        (false, Some("plain")) => CardFormat::Version3(CardProfile::Plain),
        (false, _) => CardFormat::Version3(CardProfile::Default),
    };
    let radicale = options.is("split", "radicale");
    let split = radicale || options.is("split", "office");
    Ok(Box::new(VCard { format, split, radicale, script: options.script() }))
}

/// A card of version 3.0, for a page that offers it; what it loses is reported by the vCard writer only.
pub(super) fn download(card: &Card<'_>) -> Vec<u8> {
    let mut piece = OfficeOutput::default();
    version3::write(card, CardProfile::Default, &mut piece);
    piece.bytes
}

/// The contact that a telephone reads from a QR code.
pub(super) fn for_qr(card: &Card<'_>) -> Vec<u8> {
    let mut bytes = Vec::new();
    short::write(card, &mut bytes);
    bytes
}

impl Writer for VCard {
    fn office(&self, context: &Context<'_>, office: &Office<'_>, piece: &mut OfficeOutput) {
        let card = Card::in_script(context, office, self.script);
        match self.format {
            CardFormat::Version3(profile) => {
                if profile != CardProfile::Default {
                    // They have no groups for them.
                    lose_labels(office, "the profile", piece);
                    lose_form_labels(office, "the profile", piece);
                }
                lose_beside_vcard(&card, office, "vCard 3.0", piece);
                version3::write(&card, profile, piece);
            }
            CardFormat::Version4 => {
                lose_beside_vcard(&card, office, "vCard 4.0", piece);
                version4::write(&card, piece);
            }
        }
        if self.split {
            take_card(&office.id, piece);
        }
    }

    fn in_sections(&self) -> bool {
        // Files of their own cannot be sections of one file.
        !self.split
    }

    fn join<'a>(&'a self, context: &'a Context<'a>) -> Option<Box<dyn Assembler + 'a>> {
        let properties = self.radicale.then(|| radicale_properties(context));
        self.split.then(|| Box::new(SplitAssembler { properties }) as _)
    }
}
