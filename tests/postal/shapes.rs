//! What the posts of single countries ask for.

use officedir::postal::{LayoutOptions, layout};

use crate::{Case, Components, address};

/// The lines of an address as mail from a country.
fn lines(country: &'static str, components: Components, from: &str) -> Vec<String> {
    let options = LayoutOptions { from: Some(from), ..LayoutOptions::default() };
    let address = address(country, components);
    layout(&address, &options).to_lines()
}

#[test]
fn each_country_has_its_own_shape() {
    let cases: &[Case] = &[
        (
            "DE",
            &[('A', "Leopoldring 3"), ('C', "Freiburg"), ('Z', "79098")],
            &["Leopoldring 3", "79098 Freiburg"],
        ),
        (
            "BE",
            &[('A', "Av. de Tervuren 35"), ('C', "Bruxelles"), ('Z', "1040")],
            &["Av. de Tervuren 35", "1040 BRUXELLES"],
        ),
        (
            "ZA",
            &[('B', "PO Box 5319"), ('C', "Tygervalley"), ('Z', "7536")],
            &["PO Box 5319", "TYGERVALLEY", "7536"],
        ),
        (
            "KR",
            &[
                ('A', "38 Jongno"),
                ('D', "Jongno-gu"),
                ('C', "Seoul"),
                ('S', "Seoul"),
                ('s', "11"),
                ('Z', "03188"),
            ],
            &["38 Jongno", "Jongno-gu", "SEOUL 03188"],
        ),
        (
            "KR",
            &[
                ('A', "126, Suin-ro"),
                ('D', "Gwonseon-gu"),
                ('C', "Suwon-si"),
                ('S', "Gyeonggi-do"),
                ('Z', "16429"),
            ],
            &["126, Suin-ro", "Gwonseon-gu", "SUWON-SI, GYEONGGI-DO 16429"],
        ),
        (
            "JP",
            &[
                ('A', "1-14-2 Nishi-Shimbashi"),
                ('C', "Minato-ku"),
                ('S', "Tokyo"),
                ('Z', "105-0003"),
            ],
            &["1-14-2 Nishi-Shimbashi", "MINATO-KU, TOKYO 105-0003"],
        ),
        (
            "JP",
            &[('A', "西新橋1-14-2"), ('C', "港区"), ('S', "東京都"), ('Z', "105-0003")],
            &["〒105-0003", "東京都港区", "西新橋1-14-2"],
        ),
        (
            "TW",
            &[
                ('A', "No.436, Daye N. Rd."),
                ('C', "Xiaogang Dist."),
                ('S', "Kaohsiung City"),
                ('Z', "812"),
            ],
            &["No.436, Daye N. Rd.", "XIAOGANG DIST., KAOHSIUNG CITY 812"],
        ),
        (
            "US",
            &[('A', "536 Wynkoop St."), ('C', "Denver"), ('S', "Colorado"), ('Z', "80202")],
            &["536 Wynkoop St.", "DENVER, CO 80202"],
        ),
        (
            "CA",
            &[('A', "401 Richmond St. W"), ('C', "Toronto"), ('S', "Ontario"), ('Z', "M5V 3A8")],
            &["401 RICHMOND ST. W", "TORONTO ON  M5V 3A8"],
        ),
        (
            "BR",
            &[
                ('A', "Rua Ibiraçu, 226"),
                ('D', "Vila Madalena"),
                ('C', "São Paulo"),
                ('s', "SP"),
                ('Z', "05451-040"),
            ],
            &["Rua Ibiraçu, 226", "Vila Madalena", "SÃO PAULO-SP", "05451-040"],
        ),
        (
            "IN",
            &[('A', "NSIC Bhawan"), ('C', "New Delhi"), ('Z', "110020")],
            &["NSIC Bhawan", "NEW DELHI 110020"],
        ),
        (
            "PH",
            &[
                ('c', "The Manila Observatory"),
                ('D', "Loyola Heights"),
                ('C', "Quezon City"),
                ('S', "Metro Manila"),
                ('Z', "1101"),
            ],
            &["c/o The Manila Observatory", "LOYOLA HEIGHTS, QUEZON CITY", "1101 METRO MANILA"],
        ),
        (
            "ID",
            &[
                ('A', "Jl. Taman Rasuna Selatan"),
                ('D', "Kuningan"),
                ('S', "DKI Jakarta"),
                ('Z', "12960"),
            ],
            &["Jl. Taman Rasuna Selatan", "Kuningan", "DKI JAKARTA 12960"],
        ),
        (
            "AU",
            &[
                ('A', "200 Little Collins Street"),
                ('C', "Melbourne"),
                ('S', "Victoria"),
                ('Z', "3000"),
            ],
            &["200 Little Collins Street", "MELBOURNE VIC 3000"],
        ),
        (
            "CH",
            &[('A', "Bahnhofstrasse 1"), ('C', "Zürich"), ('Z', "8001")],
            &["Bahnhofstrasse 1", "8001 Zürich"],
        ),
        ("PH", &[('A', "Escolta"), ('C', "Manila"), ('Z', "1008")], &["Escolta", "1008 MANILA"]),
        (
            "ID",
            &[('A', "Jl. Braga"), ('C', "Bandung"), ('Z', "40198")],
            &["Jl. Braga", "BANDUNG 40198"],
        ),
        ("CI", &[('A', "06 BP 37"), ('C', "Abidjan"), ('X', "06")], &["06 BP 37", "ABIDJAN 06"]),
        ("DE", &[('B', "12345"), ('C', "Bonn"), ('Z', "53105")], &["Postfach 12345", "53105 Bonn"]),
        ("ZA", &[('B', "5319"), ('c', "C/O A. Person")], &["C/O A. Person", "PO Box 5319"]),
        (
            "FR",
            &[('B', "123"), ('C', "Paris"), ('X', "CEDEX 08"), ('Z', "75380")],
            &["BP 123", "75380 PARIS CEDEX 08"],
        ),
        (
            "ES",
            &[('A', "Calle Mayor 1"), ('C', "Bilbao"), ('s', "BI"), ('Z', "48001")],
            &["Calle Mayor 1", "48001 BILBAO", "VIZCAYA"],
        ),
        (
            "TR",
            &[('C', "Çankaya"), ('S', "Ankara"), ('D', "Kızılay"), ('Z', "06690")],
            &["Kızılay", "06690 ÇANKAYA/ANKARA"],
        ),
        ("GR", &[('A', "Ερμού 1"), ('C', "Αθήνα"), ('Z', "105 63")], &["Ερμού 1", "105 63 ΑΘΗΝΑ"]),
        (
            "IR",
            &[('A', "196 West St"), ('C', "Tehran"), ('Z', "11369-12345")],
            &["196 West St", "TEHRAN", "11369-12345"],
        ),
        (
            "IR",
            &[('A', "خیابان ۱"), ('C', "تهران"), ('Z', "11369-12345")],
            &["تهران", "خیابان ۱", "11369-12345"],
        ),
        (
            "KZ",
            &[('A', "Abay 1"), ('C', "Astana"), ('Z', "010000")],
            &["Abay 1", "ASTANA", "010000"],
        ),
        (
            "GB",
            &[
                ('A', "1 High St"),
                ('D', "Little Snoring"),
                ('C', "Fakenham"),
                ('S', "Norfolk"),
                ('Z', "NR21 0HZ"),
            ],
            &["1 High St", "Little Snoring", "Fakenham", "Norfolk", "NR21 0HZ"],
        ),
        (
            "IT",
            &[('A', "Via Roma 1"), ('C', "Torino"), ('S', "Torino"), ('Z', "10121")],
            &["Via Roma 1", "10121 TORINO TO"],
        ),
        (
            "GH",
            &[('A', "1 High St"), ('D', "Osu"), ('C', "Accra"), ('Z', "GA-184-5057")],
            &["1 High St", "Osu", "ACCRA GA-184-5057"],
        ),
        ("CA", &[('c', "A. Person"), ('B', "12")], &["c/o A. Person", "PO BOX 12"]),
    ];
    for &(country, components, expected) in cases {
        assert_eq!(lines(country, components, country), expected, "{country}");
    }
}

/// USPS Publication 28, appendix B: territories and states in free association have a state's abbreviation each, and
/// mail to and from them is domestic.
#[test]
fn what_the_us_post_serves_is_domestic() {
    let cases: &[Case] = &[
        (
            "GU",
            &[('A', "1 Marine Corps Dr"), ('C', "Hagatna"), ('s', "GU"), ('Z', "96910")],
            &["1 MARINE CORPS DR", "HAGATNA GU 96910"],
        ),
        (
            "GU",
            &[('A', "1 Marine Corps Dr"), ('C', "Hagatna"), ('Z', "96910")],
            &["1 MARINE CORPS DR", "HAGATNA GU 96910"],
        ),
        (
            "PR",
            &[
                ('A', "1 Calle Sol"),
                ('C', "San Juan"),
                ('S', "Puerto Rico"),
                ('s', "PR"),
                ('Z', "00901"),
            ],
            &["1 CALLE SOL", "SAN JUAN PR 00901"],
        ),
        // An island has no place in the line of the city.
        (
            "VI",
            &[('A', "1 Main St"), ('C', "Christiansted"), ('S', "St. Croix"), ('Z', "00820")],
            &["1 MAIN ST", "ST. CROIX", "CHRISTIANSTED VI 00820"],
        ),
        (
            "AS",
            &[('A', "PO Box 1"), ('C', "Pago Pago"), ('s', "AS"), ('Z', "96799")],
            &["PO BOX 1", "PAGO PAGO AS 96799"],
        ),
        (
            "MP",
            &[('A', "PO Box 1"), ('C', "Saipan"), ('s', "MP"), ('Z', "96950")],
            &["PO BOX 1", "SAIPAN MP 96950"],
        ),
        (
            "UM",
            &[('A', "1 Peale Rd"), ('C', "Wake Island"), ('Z', "96898")],
            &["1 PEALE RD", "WAKE ISLAND UM 96898"],
        ),
        (
            "FM",
            &[('A', "PO Box 1"), ('C', "Kolonia"), ('S', "Pohnpei"), ('Z', "96941")],
            &["PO BOX 1", "POHNPEI", "KOLONIA FM 96941"],
        ),
        (
            "MH",
            &[('A', "PO Box 1"), ('C', "Majuro"), ('Z', "96960")],
            &["PO BOX 1", "MAJURO MH 96960"],
        ),
        (
            "PW",
            &[('A', "PO Box 1"), ('C', "Koror"), ('Z', "96940")],
            &["PO BOX 1", "KOROR PW 96940"],
        ),
    ];
    for (country, components, expected) in cases {
        for from in ["US", country, "PR", "gu"] {
            assert_eq!(lines(country, components, from), *expected, "{country} from {from}");
        }
        let abroad = lines(country, components, "DE");
        assert_eq!(abroad[..expected.len()], **expected, "{country} from DE");
        assert_eq!(abroad.len(), expected.len() + 1, "{country} from DE has a country line");
    }
    const DENVER: Components = &[('A', "1 Main St"), ('C', "Denver"), ('s', "CO"), ('Z', "80202")];
    assert_eq!(lines("US", DENVER, "GU").len(), 2);
}
