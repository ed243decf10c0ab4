//! The directory as vCards, which every address book reads.

mod line;
mod version3;

use super::card::Card;
use super::{Context, Misuse, OptionInfo, OptionKind, Options, Piece, Writer, WriterInfo};
use crate::model::Office;
use version3::Profile;

/// vCard 3.0.
pub static INFO: WriterInfo = WriterInfo {
    name: "vcard",
    about: "vCards for address books: Apple, Google, Android, Outlook, Nextcloud, Thunderbird",
    file: "offices.vcf",
    default: true,
    leaves_out: &["source", "notes", "printed", "administrative_area_code beside a name"],
    options: &[OptionInfo {
        name: "profile",
        help: "outlook: what Outlook's import needs, and others do not like",
        kind: OptionKind::Choice(&["default", "outlook"]),
        default: "default",
    }],
    build,
};

struct VCard {
    profile: Profile,
}

#[expect(clippy::unnecessary_wraps, reason = "the signature of all writers")]
fn build(options: &Options) -> Result<Box<dyn Writer>, Misuse> {
    let profile =
        if options.is("profile", "outlook") { Profile::Outlook } else { Profile::Default };
    Ok(Box::new(VCard { profile }))
}

impl Writer for VCard {
    fn office(&self, context: &Context<'_>, office: &Office<'_>, piece: &mut Piece) {
        let card = Card::new(context, office);
        version3::write(&card, self.profile, piece);
    }
}
