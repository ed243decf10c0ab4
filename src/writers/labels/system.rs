//! Fonts that are installed on the machine, for scripts that the built-in font does not have.

use std::sync::Arc;

use fontdb::{Database, FaceInfo, ID, Source, Stretch, Style};
use rustybuzz::ttf_parser;
use unicode_script::UnicodeScript;

use super::fonts::{Font, Han, has_outlines, is_east_asian};

/// The installed faces, upright ones of one width.
pub(super) struct System {
    database: Database,
}

impl System {
    /// Finds the faces where operating systems keep them; reads their names only.
    pub fn load() -> System {
        let mut database = Database::new();
        database.load_system_fonts();
        System { database }
    }

    /// The best-ranked face with that character.
    pub fn choose(&self, character: char, han: Option<Han>) -> Option<Arc<Font>> {
        let mut faces: Vec<&FaceInfo> = self.database.faces().collect();
        // The order in which a folder lists its files must not show in the output.
        faces.sort_by_cached_key(|face| rank(face, character, han));
        let face = faces.into_iter().find(|face| self.covers(face.id, character))?;
        let Source::File(path) = &face.source else {
            return None;
        };
        Font::new(std::fs::read(path).ok()?.leak(), face.index)
    }

    fn covers(&self, id: ID, character: char) -> bool {
        let covers = |data: &[u8], index: u32| {
            ttf_parser::Face::parse(data, index)
                .is_ok_and(|face| has_outlines(&face) && face.glyph_index(character).is_some())
        };
        self.database.with_face_data(id, covers).unwrap_or(false)
    }
}

/// What makes a face come before another one: smaller is better.
type Rank = (bool, bool, bool, bool, u16, bool, bool, usize, String, String, u32);

fn rank(face: &FaceInfo, character: char, han: Option<Han>) -> Rank {
    let family = face.families.first().map_or("", |(name, _)| name.as_str());
    let other_han = is_east_asian(character) && !han.is_none_or(|han| writes(family, han));
    let of_script = family.contains(character.script().full_name());
    (
        other_han,
        has_serifs(family),
        face.style != Style::Normal,
        face.stretch != Stretch::Normal,
        face.weight.0.abs_diff(400),
        face.monospaced,
        !of_script,
        family.len(),
        family.to_owned(),
        face.post_script_name.clone(),
        face.index,
    )
}

/// Whether a family's name says that it has serifs or their like in other scripts.
fn has_serifs(family: &str) -> bool {
    const SERIFS: [&str; 14] = [
        "Serif", "Mincho", "Ming", "Song", "Sung", "SimSun", "Batang", "Myeongjo", "Naskh",
        "Nastaliq", "Times", "Kai", "Fangsong", "Gungsuh",
    ];
    SERIFS.iter().any(|word| family.contains(word)) && !family.contains("Sans Serif")
}

/// Whether a family's name says that it has those forms of the Han characters.
fn writes(family: &str, han: Han) -> bool {
    let words: &[&str] = match han {
        Han::Japanese => &[
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
        Han::Korean => &["KR", "Malgun", "Apple SD Gothic Neo", "Nanum", "Baekmuk", "UnDotum"],
        Han::Simplified => {
            &["SC", "CN", "PingFang SC", "YaHei", "SimHei", "WenQuanYi", "Droid Sans Fallback"]
        }
        Han::Traditional => &["TC", "TW", "HK", "PingFang TC", "JhengHei"],
    };
    words.iter().any(|word| family.contains(word))
}
