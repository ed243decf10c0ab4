//! What `export --to labels` refuses, and how it says so; what it prints is read in the interop suite.

use std::fs;

use super::run::Bench;

const DIRECTORY: &str = include_str!("../../directory.json");

/// Expects an export to end with that code and texts, and to write nothing.
#[track_caller]
fn refused(bench: &Bench, target: &str, code: i32, texts: &[&str]) {
    bench.run(&["export", "--to", target]).says(code, texts);
    assert_eq!(bench.files("out"), []);
}

#[test]
fn options_that_cannot_be() {
    let bench = Bench::new();
    refused(&bench, "labels:stock=avery-7160", 2, &["unknown stock \"avery-7160\"", "avery-l7160"]);
    refused(&bench, "labels:stock=5160", 2, &["unknown stock \"5160\"", "did you mean avery-5160"]);
    refused(&bench, "labels:start=22", 2, &["avery-l7160 has no position 22", "1 to 21"]);
    refused(&bench, "labels:skip=3+30", 2, &["avery-l7160 has no position 30"]);
    refused(&bench, "labels:font=none.ttf", 2, &["cannot read the font file none.ttf"]);
    refused(&bench, "labels:font=directory.json", 2, &["directory.json is not a font"]);
    refused(&bench, "labels:stock-file=none.toml", 2, &["stock file none.toml"]);
}

#[test]
fn a_line_that_cannot_fit() {
    let long = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz";
    let bench = Bench::with(DIRECTORY.replacen("Leopoldring 3", long, 1));
    let texts = &[
        "office \"european-secretariat\" /addresses/0",
        long,
        "stock avery-l7160",
        " mm at 8 pt, and the label has 57.5 mm",
    ];
    refused(&bench, "labels", 1, texts);
    let bench = Bench::new();
    let texts = &["office \"world-secretariat\" /addresses/0", "mm at 8 pt, and the label has 9."];
    let from = "labels:stock=avery-5167,from=JP";
    refused(&bench, from, 1, texts);
}

#[test]
fn the_other_labels_are_printed_where_that_is_asked_for() {
    let long = "Rindfleischetikettierungsüberwachungsaufgabe";
    let bench = Bench::with(DIRECTORY.replacen("Leopoldring 3", long, 1));
    refused(&bench, "labels", 1, &["avery-l7", "help: --keep-going writes the offices"]);
    let args = ["export", "--to", "labels:format=svg", "--keep-going"];
    Bench::new().run(&args).says(0, &["15 offices"]);
    let said = [
        "error: without this office: labels: office \"european-secretariat\" /addresses/0",
        "is the smallest stock of the kind that it fits",
    ];
    bench.run(&args).says(1, &said);
    let labels = fs::read_to_string(bench.path("out/labels.svg")).unwrap();
    assert!(labels.contains("ICLEI World Secretariat") && !labels.contains("European"));
    bench
        .run(&["export", "--to", "labels:format=svg", "--keep-going", "--out", "-"])
        .says(1, &said);
    // The address of another country's script without a font is named by that.
    let bench = Bench::with(DIRECTORY.replacen("Leopoldring 3", "\u{11700}\u{11701} 3", 1));
    refused(&bench, "labels", 1, &["of Ahom (Debian's fonts-noto-core has one)"]);
}

#[test]
fn characters_that_no_font_has() {
    // Private use in the last plane: no system has fonts with these.
    let bench = Bench::with(DIRECTORY.replacen("Leopoldring 3", "Weg \u{10fffc}\u{10fffd} 3", 1));
    let texts =
        &["office \"european-secretariat\"", "no font has a glyph", "(U+10FFFC)", "(U+10FFFD)"];
    refused(&bench, "labels", 1, texts);
}

#[test]
fn formats_have_their_own_file_names_and_limits() {
    let bench = Bench::new();
    refused(&bench, "labels:format=zpl", 2, &["print on rolls, and avery-l7160 is not one"]);
    let dpi = "labels:format=zpl,stock=zebra-4x6,dpi=150";
    refused(&bench, dpi, 2, &["203, 300, 600 dots per inch, not 150"]);
    refused(&bench, "labels:dpi=300", 2, &["dpi is for format=zpl and format=png"]);
    let archive = "labels:format=svg,archive";
    refused(&bench, archive, 2, &["archive is for format=pdf"]);
    refused(&bench, "labels:format=jpeg", 2, &["pdf, zpl, png, svg"]);
    for (format, starts) in [
        ("png", "\u{89}PNG"),
        ("svg", "<svg "),
        ("zpl", "^XA\n^MUD^LH0,0^LS0^LT0^PON^PMN^LRN^MCY\n^PW425\n"),
    ] {
        let stock = if format == "zpl" { ",stock=dymo-99012,dpi=300" } else { "" };
        let target = format!("labels:format={format}{stock}");
        let name = format!("labels.{format}");
        let out = format!("out-{format}");
        bench.run(&["export", "--to", &target, "--out", &out]).says(0, &[&name]);
        let files = bench.files(&out);
        let (_, bytes) = files.iter().find(|(it, _)| *it == name).unwrap();
        let start: String = bytes.iter().take(starts.len()).map(|it| char::from(*it)).collect();
        assert!(start.starts_with(starts), "{start:?}");
    }
    let target = "labels:format=png,stock=zebra-4x6";
    bench.run(&["export", "--to", target, "--out", "pages"]).says(0, &["labels-0015.png"]);
}

#[test]
fn return_addresses_and_codes_that_cannot_be() {
    let bench = Bench::new();
    refused(
        &bench,
        "labels:stock=avery-5167,qr",
        1,
        &["the QR code needs ", "mm, and the label has"],
    );
    let target = format!("labels:return-address=Bonn|{}", "Donau".repeat(30));
    refused(&bench, &target, 1, &["the return address: the line", " mm at 6 pt"]);
    let target = "labels:return-address=\u{10fffd}";
    refused(&bench, target, 1, &["the return address: no font has a glyph", "(U+10FFFD)"]);
    let kind = "\"kind\": \"world-secretariat\"";
    let bench = Bench::with(DIRECTORY.replacen(kind, "\"kind\": \"office\"", 1));
    let said = bench.run(&["export", "--to", "labels:return-address=headquarters"]);
    said.says(1, &["there is no headquarters with an address to return mail to"]);
}

/// The sender writes to the others; to himself where that is asked for.
#[test]
fn the_return_address_has_no_label_of_its_own() {
    let bench = Bench::new();
    let target = "labels:format=svg,stock=avery-l7163,return-address=headquarters";
    let said = bench.run(&["export", "--to", target]);
    said.says(0, &["office \"world-secretariat\": the office is the return address"]);
    bench.run(&["export", "--to", &format!("{target},to-sender")]).says(0, &["labels-0002.svg"]);
}

#[test]
fn printer_profiles() {
    let bench = Bench::new();
    let profile = |text: &str| fs::write(bench.path("printer.toml"), text).unwrap();
    let target = "labels:printer=printer.toml";
    refused(&bench, target, 2, &["cannot read the printer file printer.toml"]);
    profile("ofset = [1, 1]");
    refused(&bench, target, 2, &["printer file printer.toml", "ofset"]);
    profile("offset = [100, 0]");
    refused(&bench, target, 2, &["offset is 100; it lies between -25 and 25 mm"]);
    profile("scale = [1, nan]");
    refused(&bench, target, 2, &["printer.toml:1:", "NaN is not a measure"]);
    profile("offset = [-15, 0]");
    refused(&bench, target, 2, &["moves the text at position 1 of avery-l7160 off the page"]);
    profile("offset = [0.5, -1]\nscale = [1, 1.002]\nrotation = 0.1\n");
    bench.run(&["export", "--to", target]).says(0, &["out/labels.pdf"]);
}

#[test]
fn own_stock() {
    let bench = Bench::new();
    let own = |figures: &str| {
        let head = "[[stock]]\nname = \"own-1\"\nkind = \"sheet\"\nbrand = \"Own\"\npart = \"1\"\n";
        fs::write(bench.path("own.toml"), format!("{head}{figures}")).unwrap();
    };
    let target = "labels:stock=own-1,stock-file=own.toml";
    own("page = [210, 297]\ngrid = [3, 8]\nlabel = [70, 38]\n");
    refused(&bench, target, 2, &["own.toml", "\"own-1\"", "304.00 mm", "297 mm"]);
    own("page = [210, 297]\ngrid = [3, 7]\nlabel = [70, 38]\npitch = [60, 38]\n");
    refused(&bench, target, 2, &["own.toml", "columns overlap", "60 mm"]);
    own("page = [210, 297]\nlable = [70, 38]\n");
    refused(&bench, target, 2, &["own.toml: 7:1", "lable"]);
    own("page = [210, 0]\n");
    refused(&bench, target, 2, &["own.toml", "no room for text"]);
    own("page = [210, nan]\n");
    refused(&bench, target, 2, &["own.toml", "NaN is not a measure"]);
    own("page = [210, 297]\ngrid = [3, 7]\nlabel = [70, 38]\n");
    bench.run(&["export", "--to", target]).says(0, &["out/labels.pdf"]);
}

#[test]
fn many_pages_become_volumes() {
    let bench = Bench::new();
    // 15 offices on pages of one label each: 1,005 pages.
    let target = "labels:stock=envelope-dl,copies=67";
    bench.run(&["export", "--to", target]).says(0, &[]);
    let names: Vec<String> = bench.files("out").into_iter().map(|(name, _)| name).collect();
    assert!(names.contains(&"labels-0001.pdf".to_owned()), "{names:?}");
    assert!(names.contains(&"labels-0002.pdf".to_owned()), "{names:?}");
    assert!(!names.contains(&"labels.pdf".to_owned()), "{names:?}");
}

/// Page, position and first line of every label in SVG pages on Avery L7160, all from 1.
fn places(bench: &Bench) -> Vec<(usize, usize, String)> {
    let pages = bench.files("out").into_iter().filter(|(name, _)| name.ends_with(".svg"));
    let pages = pages.map(|(_, bytes)| String::from_utf8(bytes).unwrap());
    let mut found = Vec::new();
    for (page, svg) in pages.enumerate() {
        for line in svg.split("aria-label=\"").skip(1) {
            let name = line.split('"').next().unwrap();
            let matrix = line.split("matrix(").nth(1).unwrap().split(')').next().unwrap();
            let numbers: Vec<f64> = matrix.split(' ').map(|it| it.parse().unwrap()).collect();
            let [x, y] = [numbers[4], numbers[5]].map(|points| points * 25.4 / 72.0);
            let [column, row] = [(x - 7.2) / 66.04, (y - 15.15) / 38.1].map(|it| it as usize);
            if let Some(name) = name.strip_prefix("ICLEI ") {
                found.push((page + 1, row * 3 + column + 1, name.to_owned()));
            }
        }
    }
    found
}

#[test]
fn start_skip_copies_and_sort_give_exact_positions() {
    let bench = Bench::new();
    let target = "labels:format=svg,start=5,skip=3+7,copies=2,sort=country";
    bench.run(&["export", "--to", target]).says(0, &["labels-0001.svg", "labels-0002.svg"]);
    // By the country's name in German, as letters from Germany have it, then postal code, where a missing one comes
    // first.
    let order = [
        "Oceania Secretariat",
        "Brussels Office",
        "South America Secretariat",
        "World Secretariat",
        "European Secretariat",
        "South Asia Secretariat",
        "Indonesia Project Office",
        "Japan Office",
        "Canada Office",
        "Southeast Asia Secretariat",
        "Africa Secretariat",
        "East Asia Secretariat",
        "Korea Office",
        "Kaohsiung Capacity Center",
        "USA Office",
    ];
    let free = [5, 6].into_iter().chain(8..=21).map(|at| (1, at)).chain((1..).map(|at| (2, at)));
    let names = order.iter().flat_map(|name| [name, name]);
    let expected: Vec<_> =
        names.zip(free).map(|(name, (page, at))| (page, at, (*name).to_owned())).collect();
    assert_eq!(places(&bench), expected);
}

/// The distances of the ink of a grey picture from its left, top, right and bottom edge, in millimetres.
fn white(picture: &[u8], dpi: f64) -> [f64; 4] {
    let mut reader = png::Decoder::new(std::io::Cursor::new(picture)).read_info().unwrap();
    let mut dots = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut dots).unwrap();
    let [width, height] = [info.width, info.height].map(|side| side as usize);
    assert_eq!(dots.len(), width * height, "one byte a dot");
    let inked = || (0..dots.len()).filter(|at| dots[*at] < 255).map(|at| (at % width, at / width));
    let of = |axis: fn((usize, usize)) -> usize, side: usize| {
        [inked().map(axis).min().unwrap(), side - 1 - inked().map(axis).max().unwrap()]
    };
    let ([left, right], [top, bottom]) = (of(|it| it.0, width), of(|it| it.1, height));
    [left, top, right, bottom].map(|dots| dots as f64 / dpi * 25.4)
}

/// What no roll's printer reaches, across and along the label, in millimetres. Of DYMO the ImageableArea of its CUPS
/// driver, at either end, since nobody knows which end of a turned label goes first; of Brother the dots that brother_ql
/// lists as printable at 300 dots per inch (35 of 1061 at either end of DK-11201); of Zebra page 1-4 of its EPL2
/// Programmer's Manual.
const UNPRINTABLE: [(&str, [f64; 2]); 8] = [
    ("dymo-99010", [1.52, 5.84]),
    ("dymo-30252", [1.52, 5.84]),
    ("dymo-99012", [1.52, 5.67]),
    ("dymo-30256", [1.44, 5.93]),
    ("brother-dk11201", [1.52, 2.96]),
    ("brother-dk11208", [1.52, 2.96]),
    ("brother-dk11202", [1.52, 2.96]),
    ("zebra-4x6", [1.0, 1.0]),
];

/// An office whose lines are too long for most labels at their largest size.
const WASHINGTON: &str = r#"{"organization": {"name": "B"}, "offices": [{"id": "a", "name": "Agency of Justice",
    "kind": "office", "addresses": [{"uses": ["postal"], "address_lines": ["1 Long Street Name of the Capital",
    "Second Floor"], "locality": "Washington", "administrative_area_code": "DC", "postal_code": "20001",
    "country": "US"}]}]}"#;

#[test]
fn nothing_is_printed_where_a_roll_printer_cannot() {
    let bench = Bench::with(WASHINGTON);
    let rolls = bench.run(&["stock", "roll"]).stdout().lines().count();
    assert_eq!(rolls, UNPRINTABLE.len(), "say what the printer of a new roll does not reach");
    for (stock, [across, along]) in UNPRINTABLE {
        // As large as fits, so that the text comes to the edges that it may come to.
        for options in [",max-size=144", ",qr", ",return-address=C|1 Street"] {
            let target = format!("labels:stock={stock},format=png,dpi=600{options}");
            bench.run(&["export", "--to", &target]).says(0, &[]);
            let white = white(&fs::read(bench.path("out/labels.png")).unwrap(), 600.0);
            for (white, least) in white.into_iter().zip([across, along, across, along]) {
                // The picture is white to half a dot.
                assert!(white > least - 0.05, "{stock}{options}: {white} of {least} mm");
            }
        }
    }
}

/// The windows through which letters show their address: left, top, width and height on the sheet, where that lies in the
/// middle of its play in the envelope, and the page. DIN 680 has 90 x 45 mm in an envelope of 220 x 110 mm, 20 mm from the
/// left and 15 mm from the bottom; the sheet is folded to 210 x 105 mm. In the US 4 1/2 x 1 1/8 in, 7/8 in from the left
/// and 1/2 in from the bottom of an envelope of 9 1/2 x 4 1/8 in, with a sheet of 8 1/2 x 3 2/3 in.
const WINDOWS: [(&str, [f64; 4], [f64; 2]); 3] = [
    ("letter-din-5008-a", [15.0, 29.5, 90.0, 45.0], [210.0, 297.0]),
    ("letter-din-5008-b", [15.0, 47.5, 90.0, 45.0], [210.0, 297.0]),
    ("letter-us-10", [9.525, 57.68, 114.3, 28.575], [215.9, 279.4]),
];

#[test]
fn the_address_stays_in_the_window_when_the_letter_slips() {
    const SLIP: f64 = 5.0;
    let bench = Bench::with(WASHINGTON);
    let letters = bench.run(&["stock", "letter"]).stdout().lines().count();
    assert_eq!(letters, WINDOWS.len(), "say where the window of a new letter is");
    for (stock, [left, top, width, height], page) in WINDOWS {
        for options in ["", ",return-address=C|1 Street", ",max-size=144"] {
            let target = format!("labels:from=US,stock={stock},format=png,dpi=150{options}");
            bench.run(&["export", "--to", &target]).says(0, &[]);
            let white = white(&fs::read(bench.path("out/labels.png")).unwrap(), 150.0);
            let edges = [left, top, page[0] - left - width, page[1] - top - height];
            for (white, edge) in white.into_iter().zip(edges) {
                // To one dot, which the ink may touch.
                assert!(
                    white > edge + SLIP - 25.4 / 150.0,
                    "{stock}{options}: {white} of {edge} mm"
                );
            }
        }
    }
}

#[test]
fn a_margin_stays_clear() {
    let bench = Bench::with(WASHINGTON);
    let printed = |margin: u32| {
        let target = format!("labels:stock=zebra-4x6,format=png,max-size=144,margin={margin}");
        bench.run(&["export", "--to", &target]).says(0, &[]);
        white(&fs::read(bench.path("out/labels.png")).unwrap(), 150.0)
    };
    let ([left, ..], [further, top, right, bottom]) = (printed(0), printed(10));
    assert!((9.8..10.5).contains(&(further - left)), "{left} and {further} mm");
    assert!([top, right, bottom].iter().all(|white| *white > 11.0));
    let bench = Bench::new();
    refused(&bench, "labels:margin=101", 2, &["margin"]);
    let most = ["a margin of 20 mm leaves no room for text on avery-l7160", "has room for 15 mm"];
    refused(&bench, "labels:margin=20", 2, &most);
}
