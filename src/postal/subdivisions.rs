//! The names and codes of states and provinces, looked up in an index for each country that occurs.
//!
//! The table has one line of them for each country, folded and sorted, so that nothing is folded or sorted when the
//! program starts. A name may be that of two subdivisions: the city and the county of Hsinchu.

use std::sync::OnceLock;

use icu_normalizer::DecomposingNormalizerBorrowed;

use super::country::{Country, Subdivision, number};

/// One place a country, in the table's order: folded names, each with the positions of its subdivisions.
static INDEXES: [OnceLock<Vec<(&str, &str)>>; 252] = [const { OnceLock::new() }; 252];

/// What stands in front of a code in the index, and in front of one that was withdrawn.
const CODE: char = '#';
const FORMER_CODE: char = '!';
/// A byte more than the longest text of the index.
const LONGEST: usize = 160;

/// Words of a name that say what kind of subdivision it is, as `data/subdivision_names.py` has them.
const KINDS: [&str; 39] = [
    "administrative",
    "autonomous",
    "canton",
    "comunidad",
    "county",
    "departamento",
    "department",
    "district",
    "do",
    "estado",
    "foral",
    "fu",
    "governing",
    "governorate",
    "ken",
    "krai",
    "kray",
    "metropolitan",
    "municipality",
    "oblast",
    "okrug",
    "parish",
    "prefecture",
    "province",
    "provincia",
    "region",
    "región",
    "republic",
    "respublika",
    "self",
    "sheng",
    "shi",
    "si",
    "special",
    "state",
    "territories",
    "territory",
    "to",
    "республика",
];
/// Words between them and the name: "Provincia de Buenos Aires".
const JOINTS: [&str; 6] = ["da", "de", "del", "di", "do", "of"];

impl Country {
    /// The subdivision that a text names by its code, present or former, or one of its names.
    pub fn subdivision(&self, text: &str) -> Option<&'static Subdivision> {
        self.subdivision_of_code(text).or_else(|| self.subdivisions_named(text).next())
    }

    /// The subdivision with that code. What the post writes counts as a code: some are none of ISO 3166-2.
    pub(super) fn subdivision_of_code(&self, code: &str) -> Option<&'static Subdivision> {
        let present = self.look_up(Some(CODE), code).next();
        present
            .or_else(|| self.subdivision_of_former_code(code))
            .or_else(|| self.look_up(None, code).next())
    }

    /// The subdivision that had that code once; it has another one, or none, now.
    pub(super) fn subdivision_of_former_code(&self, code: &str) -> Option<&'static Subdivision> {
        self.look_up(Some(FORMER_CODE), code).next()
    }

    /// The subdivisions with that name, which may be written without accents, as "Asturias, Principado de", or
    /// with or without what kind of subdivision it is.
    pub(super) fn subdivisions_named(
        &self,
        name: &str,
    ) -> impl Iterator<Item = &'static Subdivision> + Clone + use<> {
        let mut places = self.places(None, name);
        if places.is_empty()
            && let Some((head, tail)) = name.split_once(", ")
        {
            places = self.places(None, &format!("{tail} {head}"));
        }
        if places.is_empty() && !self.subdivisions.is_empty() {
            places = self.places(None, &without_kind(name));
        }
        self.at(places)
    }

    /// The subdivisions that the index has under a sign and a text.
    fn look_up(
        &self,
        sign: Option<char>,
        text: &str,
    ) -> impl Iterator<Item = &'static Subdivision> + use<> {
        self.at(self.places(sign, text))
    }

    /// The subdivisions at positions that the index has.
    fn at(
        &self,
        places: &'static str,
    ) -> impl Iterator<Item = &'static Subdivision> + Clone + use<> {
        let subdivisions = self.subdivisions;
        places.split(',').filter_map(|place| subdivisions.get(place.parse::<usize>().ok()?))
    }

    /// The positions that the index has under a sign and a text; empty where it has none.
    fn places(&self, sign: Option<char>, text: &str) -> &'static str {
        if self.subdivisions.is_empty() || text.is_empty() {
            return "";
        }
        let index = INDEXES[number(self)].get_or_init(|| {
            self.subdivision_names.split('|').filter_map(|entry| entry.split_once('=')).collect()
        });
        // An ASCII text is folded where it costs no allocation: validation asks this of every address.
        let (mut ascii, mut folded) = ([0; LONGEST], String::new());
        let wanted = if text.is_ascii() {
            let letters = text.bytes().filter(u8::is_ascii_alphanumeric);
            let signs = sign.iter().map(|sign| *sign as u8);
            let letters = signs.chain(letters.map(|letter| letter.to_ascii_lowercase()));
            let mut length = 0;
            for (place, letter) in ascii.iter_mut().zip(letters) {
                *place = letter;
                length += 1;
            }
            &ascii[..length]
        } else {
            folded.extend(sign);
            folded.push_str(&fold(text));
            folded.as_bytes()
        };
        let found = index.binary_search_by(|(name, _)| name.as_bytes().cmp(wanted));
        found.map_or("", |at| index[at].1)
    }
}

/// A name without what kind of subdivision it is, in front or behind: "Province of Cavite", "Akita-ken".
fn without_kind(name: &str) -> String {
    let words: Vec<&str> = name.split([' ', '-']).collect();
    let is_one_of = |kinds: &[&str], word: &str| kinds.contains(&&*word.to_lowercase());
    let mut words = &*words;
    while let [first, next, rest @ ..] = words
        && is_one_of(&KINDS, first)
    {
        // A name keeps its own joints: "Provincia de Zamboanga del Norte".
        let is_joint = is_one_of(&JOINTS, next) && !rest.is_empty();
        words = if is_joint { rest } else { &words[1..] };
    }
    // A city is another place than what it is named after, unless it is a "metropolitan city".
    if let [_, .., before, last] = words
        && last.eq_ignore_ascii_case("city")
        && is_one_of(&KINDS, before)
    {
        words = &words[..words.len() - 1];
    }
    while let [_, .., last] = words
        && is_one_of(&KINDS, last)
    {
        words = &words[..words.len() - 1];
    }
    words.concat()
}

/// Small letters and digits without accents, as `data/subdivision_names.py` folds the table's.
pub(crate) fn fold(text: &str) -> String {
    let small: String = text.chars().flat_map(char::to_lowercase).collect();
    let apart = DecomposingNormalizerBorrowed::new_nfd().normalize(&small);
    let mut folded = String::with_capacity(apart.len());
    for letter in apart.chars() {
        match letter {
            // Letters that have no decomposition.
            'ı' => folded.push('i'),
            'ł' => folded.push('l'),
            'ø' => folded.push('o'),
            'đ' | 'ð' => folded.push('d'),
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'և' => folded.push_str("եւ"),
            '台' => folded.push('臺'),
            // Accents and letters that are marks, and the punctuation of all scripts.
            '\u{80}'..='\u{bf}' | '\u{2b0}'..='\u{36f}' => {}
            '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{303f}' => {}
            _ if letter.is_ascii() && !letter.is_ascii_alphanumeric() => {}
            _ => folded.push(letter),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::super::country::{countries, country};
    use super::*;

    /// The script that writes the index folds as this file does.
    #[test]
    fn every_subdivision_is_found_by_what_the_table_says_of_it() {
        for country in countries() {
            for subdivision in country.subdivisions {
                let Subdivision { code, key, name, latin, .. } = subdivision;
                let is_it = |found: &Subdivision| std::ptr::eq(found, subdivision);
                for name in [key, name, latin].into_iter().filter(|name| !name.is_empty()) {
                    for text in [(*name).to_owned(), name.to_uppercase(), format!(" {name}.")] {
                        let mut found = country.subdivisions_named(&text);
                        assert!(found.any(is_it), "{} {text}", country.code);
                    }
                }
                let found = country.subdivision_of_code(code);
                assert_eq!(found.is_some_and(is_it), !code.is_empty(), "{} {code}", country.code);
            }
            for (name, places) in INDEXES[number(country)].get().into_iter().flatten() {
                assert!(name.len() < LONGEST, "{name}");
                assert_eq!(country.at(places).count(), places.split(',').count(), "{name}");
                assert_eq!(fold(name), name.trim_start_matches([CODE, FORMER_CODE]), "{name}");
            }
        }
    }

    #[test]
    fn indexes_are_sorted() {
        for country in countries() {
            let names = country.subdivision_names.split('|').filter_map(|it| it.split_once('='));
            assert!(names.is_sorted_by(|(one, _), (next, _)| one < next), "{}", country.code);
        }
    }

    #[test]
    fn names_are_found_however_they_are_written() {
        let cases = [
            ("BR", "sao paulo", "SP"),
            ("TR", "ISTANBUL", "34"),
            ("TR", "İstanbul", "34"),
            ("TW", "台北市", "TPE"),
            ("TW", "臺北市", "TPE"),
            ("TW", "Kinmen County", "KIN"),
            ("VN", "Da Nang", "DN"),
            ("EG", "Cairo Governorate", "C"),
            ("JP", "Hyogo Prefecture", "28"),
            ("JP", "Tokyo To", "13"),
            ("JP", "Osaka-fu", "27"),
            ("UA", "Lvivska", "46"),
            ("UA", "Lvivska oblast", "46"),
            ("CA", "Northwest Territory", "NT"),
            ("PH", "Province of Zamboanga del Norte", "ZAN"),
            ("KR", "Busan Metropolitan City", "26"),
            ("MX", "Distrito Federal", "CMX"),
            ("AR", "Provincia de Buenos Aires", "B"),
            ("NG", "Ogun", "OG"),
            ("NG", "Ogun State", "OG"),
            ("RU", "Adygeya, Respublika", "AD"),
            ("ES", "Principado de Asturias", "AS"),
            ("ES", "Asturias, Principado de", "AS"),
            ("CN", "Inner Mongolia", "NM"),
            ("CN", "内蒙古", "NM"),
            ("CN", "Beijing", "BJ"),
            ("KR", "강원특별자치도", "42"),
            ("KR", "강원도", "42"),
            ("VE", "Distrito Capital", "A"),
            ("VE", "Distrito Federal", "A"),
        ];
        for (code, name, expected) in cases {
            let mut found = country(code).into_iter().flat_map(|it| it.subdivisions_named(name));
            assert!(found.any(|it| it.code == expected), "{code} {name}");
        }
        let hsinchu = country("TW").into_iter().flat_map(|it| it.subdivisions_named("新竹"));
        assert_eq!(hsinchu.map(|it| it.code).collect::<Vec<_>>(), ["HSZ", "HSQ"]);
    }
}
