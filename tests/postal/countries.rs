//! The table itself.

use officedir::postal::{countries, country, languages};

#[test]
fn the_table_has_every_country_once_and_in_order() {
    assert_eq!(countries().len(), 252);
    let codes: Vec<&str> = countries().iter().map(|country| country.code).collect();
    assert!(codes.is_sorted_by(|left, right| left < right));
    for code in codes {
        let found = country(&code.to_lowercase()).expect("every code is found");
        assert_eq!(found.code, code);
    }
    assert!(country("ZZ").is_none());
    assert!(country("DEU").is_none());
    assert!(country("é").is_none());
}

#[test]
fn every_country_has_a_name_in_every_language() {
    for language in languages() {
        for country in countries() {
            let name = country.name(language).expect("every language has names");
            assert!(!name.trim().is_empty(), "{} in {language}", country.code);
        }
    }
    let germany = country("DE").expect("Germany is in the table");
    assert_eq!(germany.name("fr-CA"), Some("Allemagne"));
    assert_eq!(germany.name("nb"), germany.name("no"));
    assert_eq!(germany.name("tlh"), None);
    let taiwan = country("TW").expect("Taiwan is in the table");
    assert_eq!(taiwan.name("zh-TW"), Some("台灣"));
    assert_eq!(taiwan.name("zh-CN"), Some("台湾"));
}
