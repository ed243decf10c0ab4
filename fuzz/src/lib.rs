//! What the targets share.

#[path = "../../tests/check/agreement.rs"]
pub mod agreement;
#[path = "../../tests/check/mutation.rs"]
pub mod mutation;

use icu_normalizer::DecomposingNormalizerBorrowed;
use officedir::finding::Finding;
use officedir::directory::{Directory, ReadOptions};
use officedir::read::{Document, DirectorySource, StreamedFile};

/// The text as the schema takes it: without what must not be printed and without space around it; `None`
/// where nothing is left.
pub fn printable(text: &str) -> Option<String> {
    let text: String = text.chars().filter(|c| !is_forbidden(*c)).collect();
    let invisible = |c: char| c.is_whitespace() || matches!(c, '\u{ad}' | '\u{200b}');
    let text = text.trim_matches(invisible);
    (!text.is_empty()).then(|| text.to_owned())
}

/// Whether a character is one that no text of a directory may have.
pub fn is_forbidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(c, '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// The text without what capitals change, in whatever language.
pub fn folded(text: &str) -> String {
    let capitals = text.to_uppercase();
    let decomposed = DecomposingNormalizerBorrowed::new_nfd().normalize(&capitals);
    decomposed.chars().filter(|c| !matches!(c, '\u{300}'..='\u{36f}')).collect()
}

/// What is wrong with a directory, as `validate` finds it: the same, read in parts or as a whole.
pub fn findings(bytes: &[u8]) -> Vec<Finding> {
    let document = match Document::parse(bytes) {
        Err(errors) => return errors.0,
        Ok(document) => document,
    };
    let directory = read(&document);
    let file = std::env::temp_dir().join(format!("officedir-fuzz-{}", std::process::id()));
    std::fs::write(&file, bytes).unwrap();
    if let Some(streamed) = StreamedFile::document(&file).unwrap()
        && let Some(in_parts) = Directory::read_streaming(&streamed, ReadOptions::default()).unwrap()
    {
        assert_eq!(format!("{:?}", in_parts.findings()), format!("{:?}", directory.findings()));
        assert_eq!(in_parts.checked(), directory.checked());
    }
    directory.findings().to_vec()
}

/// Reads and checks a directory.
pub fn read<'d>(document: &'d Document<'d>) -> Directory<'d> {
    Directory::read(DirectorySource::Document(document), ReadOptions::default()).unwrap()
}
