//! Where libaddressinput's postal codes are out of date or narrower than what is published.
//!
//! The generated table stays as it is published; every correction is a row here, with where it is known from. A
//! code that has neither form of its country is an error, so a row has what any source that was looked at
//! prints, and sorts out afterwards what only deserves a second look.

use super::code_index::{CodeIndex, code_index, place};
use super::country::PostalCode;

/// What is corrected of a country's postal codes. A row without a source fails the tests.
#[derive(Debug)]
pub(super) struct CodeOverlay {
    /// ISO 3166-1 alpha-2 code.
    pub country: &'static str,
    /// The shape; `None` where the table's is right.
    pub code: Option<PostalCode>,
    /// Regular expression of codes that deserve a second look and may be right: those of a former system, and
    /// those outside of a range that no list vouches for. Empty where there are none.
    pub unusual: &'static str,
    /// What people get wrong about the codes, in one sentence without a full stop; empty where nothing is known.
    pub note: &'static str,
    /// Where that is known from.
    pub source: &'static str,
}

/// A shape in place of the table's.
const fn shape(
    country: &'static str,
    pattern: &'static str,
    example: &'static str,
    source: &'static str,
) -> CodeOverlay {
    let code = Some(PostalCode { pattern, example });
    CodeOverlay { country, code, unusual: "", note: "", source }
}

/// A pattern that is a convention: the table's, and others that are not known to be wrong.
const fn convention(
    country: &'static str,
    unusual: &'static str,
    source: &'static str,
) -> CodeOverlay {
    CodeOverlay { country, code: None, unusual, note: "", source }
}

impl CodeOverlay {
    /// The row with codes of a former system, and what there is to say of them.
    const fn formerly(self, unusual: &'static str, note: &'static str) -> CodeOverlay {
        let CodeOverlay { country, code, source, .. } = self;
        CodeOverlay { country, code, unusual, note, source }
    }
}

/// A country or territory of La Poste, whose lists have CEDEX, or a sector of the
/// armed forces, behind the codes of its customers.
const fn cedex(country: &'static str) -> CodeOverlay {
    CodeOverlay {
        country,
        code: None,
        unusual: r"\d{5} [A-Za-z]+(?: \d{1,3})?",
        note: "the code has five digits; CEDEX is a sorting code, which stands behind the town",
        source: "La Poste, Base officielle des codes postaux; AFNOR NF Z10-011",
    }
}

/// A ZIP code of another territory, for territories that the table knows the ranges of.
const ZIP: &str = r"\d{5}(?:[ -]\d{4})?";
/// The source of rows whose ranges differ from list to list.
const RANGE: &str = "the post publishes no list; brick/postcode takes every code of the shape";
/// The source of rows for United States territories.
const TERRITORY: &str =
    "USPS, City State Product, which gains and loses codes; GeoNames has GU 96930";
/// The source of rows of countries that no second list has.
const ONE_WITNESS: &str = "no list is published, and no source but libaddressinput has a pattern";

/// The row of a country.
pub(super) fn codes(country: &str) -> Option<&'static CodeOverlay> {
    CODES.get(place(country, &PLACES)?)
}

/// Where each country's row is.
static PLACES: CodeIndex = code_index!(CODES, country);

/// Every row, by country code.
static CODES: &[CodeOverlay] = &[
    convention("AD", r"AD\d{3}", RANGE),
    convention("AS", ZIP, TERRITORY),
    shape(
        "AZ",
        r"(?:AZ[ -]?)?\d{4}",
        "AZ1000",
        "Azerpost writes AZ1000; UPU addressing sheet, Azerbaijan",
    ),
    convention("CC", r"\d{4}", RANGE),
    convention(
        "CR",
        r"\d{5}-\d{4}",
        "Correos de Costa Rica, Código postal: five digits, four more are planned",
    ),
    convention("CX", r"\d{4}", RANGE),
    convention(
        "CY",
        r"\d{5}",
        "codes of the northern part have five digits, 99000 and above; brick/postcode",
    ),
    shape("EG", r"\d{5}(?:\d{2})?", "12411", "UPU addressing sheet, Egypt: five or seven digits"),
    convention("EH", r"[ -~]+", ONE_WITNESS),
    convention("FM", ZIP, TERRITORY),
    cedex("FR"),
    convention(
        "GB",
        r"[A-Z]{1,2}\d[\dA-Z]? ?\d[A-Z]{2}",
        "Royal Mail, Programmers' guide to the PAF: the shape is fixed, areas come and go",
    ),
    cedex("GF"),
    convention("GL", r"\d{4}", "Tele-Post gives Santa Claus 2412; GeoNames"),
    cedex("GP"),
    convention("GU", ZIP, TERRITORY),
    convention("HM", r"[ -~]+", ONE_WITNESS),
    convention(
        "HN",
        r"[A-Z]{2}\d{4}",
        "Honducor's codes of before 2010; UPU addressing sheet, Honduras",
    ),
    shape("HT", r"(?:HT[ -]?)?\d{4}", "HT6120", "UPU addressing sheet, Haiti; GeoNames"),
    shape(
        "IN",
        r"\d{3} ?\d{3}",
        "110001",
        "India Post prints the PIN with a gap after three digits",
    ),
    CodeOverlay {
        country: "KR",
        code: None,
        unusual: "",
        note: "Korean postal codes have five digits since 2015-08-01",
        source: "Korea Post, New postal codes",
    },
    shape(
        "KZ",
        r"\d{6}|[A-Z]\d{2}[A-Z0-9]{4}",
        "050000",
        "Kazpost: a letter and six characters since 2015, beside the six digits of before",
    )
    .formerly(r"[A-Z][A-Z0-9]{6}", ""),
    shape(
        "LT",
        r"(?:LT-)?\d{5}",
        "LT-01108",
        "EU Interinstitutional style guide 9.1.5; Lietuvos paštas",
    ),
    shape(
        "LV",
        r"(?:LV-)?\d{4}",
        "LV-1050",
        "Latvijas Pasts, Preparation of postal items; UPU sheet",
    ),
    shape("MD", r"(?:MD-?)?\d{4}", "MD-2012", "Poșta Moldovei writes MD-2012; UPU sheet, Moldova"),
    convention("ME", r"\d{5}", RANGE),
    convention("MH", ZIP, TERRITORY),
    shape(
        "MM",
        r"\d{7}",
        "1508203",
        "Myanma Posts and Telecommunications, Myanmar postal code 1.0 (September 2021)",
    )
    .formerly(r"\d{5}", "Burmese postal codes have seven digits since 2021"),
    convention("MP", ZIP, TERRITORY),
    cedex("MQ"),
    shape(
        "MU",
        r"[1-9AR]\d{4}|\d{3}[A-Z]{2}\d{3}",
        "42602",
        "Mauritius Post, Postcode: five digits, or R or A and four for Rodrigues and Agaléga",
    )
    .formerly(r"\d{5}", ""),
    convention("NA", r"[ -~]+", ONE_WITNESS),
    cedex("NC"),
    convention("NF", r"\d{4}", RANGE),
    shape(
        "NG",
        r"\d{6}|[A-Z]{2}-\d{2}-[A-Z]\d{2}-[A-Z]{2}-\d{2}",
        "930283",
        "NIPOST, National Digital Alphanumeric Postcode System (2026), beside the six digits",
    ),
    cedex("PF"),
    cedex("PM"),
    convention("PR", ZIP, TERRITORY),
    convention("PW", ZIP, TERRITORY),
    shape("PY", r"\d{6}", "001015", "DINACOPA, Nuevo código postal: six digits since June 2018")
        .formerly(r"\d{4}", "Paraguayan postal codes have six digits since June 2018"),
    cedex("RE"),
    shape(
        "SA",
        r"\d{5}(?:[ -]\d{4})?",
        "11564",
        "Saudi Post, National address: five digits and four additional ones",
    ),
    shape(
        "SH",
        r"(?:ASCN|STHL|TDCU) 1ZZ",
        "STHL 1ZZ",
        "ISO 3166-1 has Ascension and Tristan da Cunha under SH; Royal Mail",
    ),
    convention("SO", r"[ -~]+", ONE_WITNESS),
    shape(
        "SV",
        r"(?:CP ?)?\d{4}",
        "CP 1101",
        "Correos de El Salvador: four digits, which envelopes have CP in front of; UPU sheet",
    ),
    convention("SZ", r"[A-Z]\d{3}", RANGE),
    CodeOverlay {
        country: "TW",
        code: None,
        unusual: "",
        note: "Taiwanese postal codes have three digits for the delivery area and three for the road",
        source: "Chunghwa Post, 3+3 postal codes",
    },
    convention("UM", ZIP, TERRITORY),
    convention("VI", ZIP, TERRITORY),
    cedex("WF"),
    convention("XK", r"\d{5}", ONE_WITNESS),
    cedex("YT"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::postal::country;

    #[test]
    fn rows_are_in_order_and_correct_something() {
        assert!(CODES.is_sorted_by(|one, next| one.country < next.country));
        for row in CODES {
            assert!(!row.source.is_empty(), "{}", row.country);
            let table = country(row.country).and_then(|country| country.postal_code.as_ref());
            let pattern = row.code.as_ref().map(|code| code.pattern);
            assert_ne!(pattern, table.map(|code| code.pattern), "{}", row.country);
            let says = row.code.is_some() || !row.unusual.is_empty() || !row.note.is_empty();
            assert!(says, "{}", row.country);
        }
    }
}
