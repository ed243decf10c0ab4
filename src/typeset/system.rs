//! Fonts that are installed on the machine, for scripts that the built-in font does not have.
//!
//! They are the one thing in which two machines differ. The choice is ranked by what faces are, and by their
//! names where that leaves several, so that it does not depend on the order in which folders list files.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use fontdb::{Database, FaceInfo, ID, Source, Stretch, Style};
use rustybuzz::ttf_parser;
use unicode_script::UnicodeScript;

use super::font::{Font, HanForms, has_glyph, has_outlines};
use crate::bounded::{FONT_LIMIT, read_limited};
use crate::text::is_east_asian;

/// The installed faces, upright ones of one width.
pub(crate) struct SystemFonts {
    /// Names and files of the installed faces.
    database: Database,
    /// What was read of them so far.
    loaded: Mutex<LoadedFonts>,
}

/// What was needed so far; `None` where a file cannot be used.
#[derive(Default)]
struct LoadedFonts {
    /// By their ids in the database.
    faces: HashMap<ID, Option<Arc<Font>>>,
    /// Collections have several faces in a file.
    files: HashMap<PathBuf, Option<&'static [u8]>>,
}

impl LoadedFonts {
    /// The font of a face, read once.
    fn face(&mut self, info: &FaceInfo) -> Option<Arc<Font>> {
        let Source::File(path) = &info.source else { return None };
        // Never given back, because a font is needed until the last label is drawn.
        let read = || read_limited(path, FONT_LIMIT).ok().map(|data| &*data.leak());
        let data = (*self.files.entry(path.clone()).or_insert_with(read))?;
        self.faces.entry(info.id).or_insert_with(|| Font::new(data, info.index)).clone()
    }
}

impl SystemFonts {
    /// Finds the faces where operating systems keep them; reads their names only.
    pub fn load() -> SystemFonts {
        let mut database = Database::new();
        database.load_system_fonts();
        SystemFonts { database, loaded: Mutex::default() }
    }

    /// The best-ranked face with that character.
    pub fn choose(&self, character: char, han: Option<HanForms>) -> Option<Arc<Font>> {
        let mut faces: Vec<&FaceInfo> = self.database.faces().collect();
        // The order in which a folder lists its files must not show in the output.
        faces.sort_by_cached_key(|face| rank(face, character, han));
        // Ranked before anything is opened: only names are known until here, and opening all fonts
        // takes seconds.
        let face = faces.into_iter().find(|face| self.covers(face.id, character))?;
        self.loaded.lock().unwrap_or_else(PoisonError::into_inner).face(face)
    }

    /// Whether a face has outlines and a glyph for the character. The file is mapped and not read.
    fn covers(&self, id: ID, character: char) -> bool {
        let covers = |data: &[u8], index: u32| {
            ttf_parser::Face::parse(data, index)
                .is_ok_and(|face| has_outlines(&face) && has_glyph(&face, character))
        };
        self.database.with_face_data(id, covers).unwrap_or(false)
    }
}

/// What makes a face come before another one: smaller is better.
type FaceRank = (usize, [bool; 3], u16, [bool; 3], usize, String, String, u32);

/// Forms of Han first, then what is plain: no serifs, upright, of usual width and weight; then
/// names.
fn rank(face: &FaceInfo, character: char, han: Option<HanForms>) -> FaceRank {
    let family = face.families.first().map_or("", |(name, _)| name.as_str());
    let han = han.filter(|_| is_east_asian(character)).map_or(0, |han| other_forms(family, han));
    let script = character.script().full_name();
    (
        han,
        [has_serifs(family), face.style != Style::Normal, face.stretch != Stretch::Normal],
        face.weight.0.abs_diff(400),
        [face.monospaced, !family.contains(script), !family.contains("Sans")],
        family.len(),
        family.to_owned(),
        face.post_script_name.clone(),
        face.index,
    )
}

/// Whether a family's name says that it has serifs or their like in other scripts.
fn has_serifs(family: &str) -> bool {
    /// Words in the names of families that have serifs, in the scripts that tell such families
    /// apart.
    const SERIFS: [&str; 14] = [
        "Serif", "Mincho", "Ming", "Song", "Sung", "SimSun", "Batang", "Myeongjo", "Naskh",
        "Nastaliq", "Times", "Kai", "Fangsong", "Gungsuh",
    ];
    SERIFS.iter().any(|word| family.contains(word)) && !family.contains("Sans Serif")
}

/// How little a family's name says that it has those forms of the Han characters; 0 says it most.
fn other_forms(family: &str, han: HanForms) -> usize {
    let words: &[&str] = match han {
        HanForms::Japanese => &[
            "JP",
            "Hiragino",
            "Yu Gothic",
            "Meiryo",
            "MS Gothic",
            "MS PGothic",
            "IPA",
            "VL ",
            "Takao",
        ],
        HanForms::Korean => &["KR", "Malgun", "Apple SD Gothic Neo", "Nanum", "Baekmuk", "UnDotum"],
        HanForms::Simplified => {
            &["SC", "CN", "YaHei", "SimHei", "WenQuanYi", "Droid Sans Fallback"]
        }
        HanForms::Traditional => &["TC", "TW", "JhengHei", "HK"],
    };
    words.iter().position(|word| family.contains(word)).unwrap_or(words.len())
}
