//! Which address of an office that has it in two scripts is shown, or stands first.

use serde_json::{Value, json};

use super::address_books::export_of;

/// An office in Tokyo with its address in two scripts, and a box of its own for mail; and the headquarters.
fn directory(headquarters: &str) -> Value {
    json!({
        "organization": {"name": "Org", "headquarters": "head"},
        "offices": [
            {
                "id": "head", "name": "Head", "kind": "office",
                "addresses": [{"uses": ["physical"], "locality": "Town", "country": headquarters}]
            },
            {
                "id": "tokyo", "name": "Tokyo", "kind": "office",
                "addresses": [
                    {
                        "uses": ["physical", "postal"], "address_lines": ["西新橋1-14-2"], "locality": "港区",
                        "postal_code": "105-0003", "country": "JP"
                    },
                    {
                        "uses": ["postal"], "post_office_box": "7", "locality": "Chiyoda-ku",
                        "postal_code": "100-8799", "country": "JP"
                    },
                    {
                        "uses": ["postal", "physical"], "address_lines": ["1-14-2 Nishi-Shimbashi"],
                        "locality": "Minato-ku", "administrative_area": "Tokyo", "postal_code": "105-0003",
                        "country": "JP", "language": "en"
                    }
                ]
            }
        ]
    })
}

/// The localities of Tokyo's addresses in the order in which a text has them.
fn order(text: &str) -> Vec<&'static str> {
    let found = [LATIN, LOCAL, BOX].into_iter().filter_map(|it| Some((text.find(it)?, it)));
    let mut found: Vec<_> = found.collect();
    found.sort_unstable();
    found.into_iter().map(|(_, locality)| locality).collect()
}

const LOCAL: &str = "港区";
const LATIN: &str = "Minato-ku";
const BOX: &str = "Chiyoda-ku";

/// The formats with contacts carry all addresses, and what they lose is said of the address that it is of.
#[test]
fn contacts_have_the_address_in_the_wanted_script_first() {
    let formats: [(&str, &[(&str, &str)]); 8] = [
        ("vcard", &[]),
        ("vcard", &[("version", "4.0")]),
        ("jcard", &[]),
        ("xcard", &[]),
        ("jscontact", &[]),
        ("csv", &[("dialect", "google")]),
        ("csv", &[("dialect", "outlook")]),
        ("csv", &[("dialect", "thunderbird")]),
    ];
    for (format, options) in formats {
        for (headquarters, script, main) in [
            ("DE", None, LATIN),
            ("JP", None, LOCAL),
            ("JP", Some("latin"), LATIN),
            ("DE", Some("local"), LOCAL),
        ] {
            let script = script.map(|it| ("script", it));
            let options: Vec<_> = options.iter().copied().chain(script).collect();
            let (text, _) = export_of(&directory(headquarters).to_string(), format, &options);
            let mut found = order(&text);
            // Its columns for the home stand before those for work, which has the main address.
            if options.contains(&("dialect", "thunderbird")) {
                found.reverse();
            }
            assert_eq!(found[0], main, "{format} {options:?} from {headquarters}: {text}");
            // The address books' tables have columns for two.
            let most = if format == "csv" { 2 } else { 3 };
            assert_eq!(found.len(), most, "{format} {options:?} from {headquarters}: {text}");
        }
    }
    let lost = export_of(&directory("DE").to_string(), "jscontact", &[]).1;
    assert!(lost.contains(&"/addresses/2/language".to_owned()), "{lost:?}");
}

/// A directory server's entry has one place, and every address beside it.
#[test]
fn entries_have_the_place_in_the_wanted_script() {
    let place = |script| {
        let (text, _) = export_of(&directory("DE").to_string(), "ldif", &[("script", script)]);
        text.contains("\nl: Minato-ku\n")
    };
    assert_eq!(["auto", "latin", "local"].map(place), [true, true, false]);
}

/// The table for people shows one, with its columns, and reports the other.
#[test]
fn the_table_for_people_has_the_address_in_the_wanted_script() {
    for (headquarters, script, shown, lost) in [
        ("DE", "auto", LATIN, "/addresses/0"),
        ("JP", "auto", LOCAL, "/addresses/2"),
        ("JP", "latin", LATIN, "/addresses/0"),
        ("DE", "local", LOCAL, "/addresses/2"),
    ] {
        let document = directory(headquarters).to_string();
        let (text, losses) = export_of(&document, "csv", &[("script", script)]);
        assert_eq!(order(&text), [shown], "{text}");
        // Only the Latin one has an area.
        assert_eq!(text.contains(",\"Tokyo\","), shown == LATIN, "{text}");
        assert!(losses.contains(&lost.to_owned()), "{headquarters} {script}: {losses:?}");
    }
}

/// Addresses of two places stay in the office's order, whatever their letters are.
#[test]
fn other_places_stay_where_they_are() {
    let mut directory = directory("DE");
    directory["offices"][1]["addresses"][2]["postal_code"] = "100-0001".into();
    let document = directory.to_string();
    let (text, _) = export_of(&document, "vcard", &[]);
    assert_eq!(order(&text), [LOCAL, BOX, LATIN]);
    let (text, losses) = export_of(&document, "csv", &[]);
    assert!(text.contains(LOCAL) && losses.contains(&"/addresses/2".to_owned()), "{text}");
}

/// The table for programs has every address, so that there is nothing to choose.
#[test]
fn the_full_table_refuses_a_script() {
    use officedir::writers::{Target, WriterInfo};
    let options =
        [("dialect", "full"), ("script", "latin")].map(|(key, it)| (key.into(), it.into()));
    let refused = Target::new(WriterInfo::find("csv").unwrap(), options.to_vec()).err().unwrap();
    assert_eq!(refused.help(), Some("leave out script"));
}
