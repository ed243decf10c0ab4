//! The ids of the offices, one a line.

use super::{Context, Misuse, OptionInfo, OptionKind, Options, Piece, Writer, WriterInfo};
use crate::model::Office;

/// Ids, one a line.
pub static INFO: WriterInfo = WriterInfo {
    name: "throwaway",
    about: "ids, one a line",
    file: "ids.txt",
    default: false,
    leaves_out: &[],
    options: &[OptionInfo {
        name: "case",
        help: "letters of the ids",
        kind: OptionKind::Choice(&["lower", "upper"]),
        default: "lower",
    }],
    build: |options: &Options| -> Result<Box<dyn Writer>, Misuse> {
        Ok(Box::new(Throwaway { upper: options.is("case", "upper") }))
    },
};

struct Throwaway {
    upper: bool,
}

impl Writer for Throwaway {
    fn office(&self, _context: &Context<'_>, office: &Office<'_>, piece: &mut Piece) {
        let id = if self.upper { office.id.to_uppercase() } else { office.id.to_string() };
        piece.bytes.extend_from_slice(format!("{id}\n").as_bytes());
    }
}
