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
            &["Leopoldring 3", "79098 FREIBURG"],
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
            &["1-14-2 Nishi-Shimbashi", "Minato-ku, TOKYO 105-0003"],
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
            &["No.436, Daye N. Rd.", "Xiaogang Dist., KAOHSIUNG CITY 812"],
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
            &["c/o The Manila Observatory", "Loyola Heights, QUEZON CITY", "1101 METRO MANILA"],
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
        ("DE", &[('B', "12345"), ('C', "Bonn"), ('Z', "53105")], &["Postfach 12345", "53105 BONN"]),
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
            &["1 High St", "Little Snoring", "FAKENHAM", "Norfolk", "NR21 0HZ"],
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
        ("CA", &[('c', "A. Person"), ('B', "12")], &["C/O A. PERSON", "PO BOX 12"]),
    ];
    for &(country, components, expected) in cases {
        assert_eq!(lines(country, components, country), expected, "{country}");
    }
}
