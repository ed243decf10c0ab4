//! What is said of an address that would not arrive.

use officedir::postal::{AddressProblem, countries, problems};

use crate::{Components, address};

/// The member, the sentence and the help of every problem, one per line.
fn said(country: &str, components: Components) -> Vec<String> {
    let address = address(country, components);
    let line = |problem: &AddressProblem<'_>| {
        let help = problem.help().map(|help| format!(" ({help})")).unwrap_or_default();
        format!("{}: {problem}{help}", problem.member())
    };
    problems(&address).iter().map(line).collect()
}

#[test]
fn every_problem_says_what_the_post_needs() {
    let cases: [(&str, Components, &[&str]); 24] = [
        (
            "UK",
            &[],
            &["country: \"UK\" is not an ISO 3166-1 country code (United Kingdom is \"GB\")"],
        ),
        ("DEU", &[], &["country: \"DEU\" is not an ISO 3166-1 country code (Germany is \"DE\")"]),
        (
            "Alemanha",
            &[],
            &["country: \"Alemanha\" is not an ISO 3166-1 country code (Germany is \"DE\")"],
        ),
        (
            "Germny",
            &[],
            &["country: \"Germny\" is not an ISO 3166-1 country code (Germany is \"DE\")"],
        ),
        ("XX", &[('C', "Town")], &["country: \"XX\" is not an ISO 3166-1 country code"]),
        ("", &[], &["country: \"\" is not an ISO 3166-1 country code"]),
        ("DE", &[('A', "Weg 1"), ('C', "Bonn"), ('Z', "53113")], &[]),
        ("DE", &[('B', "123"), ('C', "Bonn"), ('Z', "53113")], &[]),
        (
            "DE",
            &[('A', "Weg 1"), ('C', " ")],
            &[
                "locality: mail to Germany needs a locality",
                "postal_code: mail to Germany needs a postal code (postal codes there look like \"26133\")",
            ],
        ),
        (
            "DE",
            &[('C', "Bonn"), ('Z', "53113")],
            &["address_lines: mail to Germany needs a street or a post-office box"],
        ),
        (
            "US",
            &[('A', "1 Main St"), ('C', "Denver"), ('Z', "80202")],
            &["administrative_area: mail to United States needs an administrative area"],
        ),
        // India's post sorts by the PIN, Indonesia's by province.
        ("IN", &[('A', "1 Marg"), ('C', "New Delhi"), ('Z', "110020")], &[]),
        ("ID", &[('A', "Jl. 1"), ('S', "DKI Jakarta"), ('s', "JK"), ('Z', "12960")], &[]),
        (
            "KR",
            &[('A', "38 Jongno"), ('C', "Seoul"), ('S', "Seoul"), ('s', "11"), ('Z', "110-110")],
            &[
                "postal_code: \"110-110\" is not a postal code of South Korea (Korean postal codes have five digits since 2015-08-01)",
            ],
        ),
        (
            "CH",
            &[('A', "Weg 1"), ('C', "Zürich"), ('Z', "CH-8001")],
            &[
                "postal_code: the postal code \"CH-8001\" is not as the post of Switzerland writes it (write \"8001\")",
            ],
        ),
        (
            "CA",
            &[('A', "1 Main St"), ('C', "Toronto"), ('S', "Ontario"), ('Z', "m5v 3a8")],
            &[
                "postal_code: the postal code \"m5v 3a8\" is not as the post of Canada writes it (write \"M5V 3A8\")",
            ],
        ),
        (
            "DE",
            &[('A', "Weg 1"), ('C', "Bonn"), ('Z', "531133")],
            &[
                "postal_code: \"531133\" is not a postal code of Germany (postal codes there look like \"26133\")",
            ],
        ),
        (
            "DE",
            &[('A', "Weg 1"), ('C', "Bonn"), ('Z', "٥٣١١٣")],
            &[
                "postal_code: the postal code \"٥٣١١٣\" is not as the post of Germany writes it (write \"53113\")",
            ],
        ),
        (
            "TW",
            &[
                ('A', "Rd. 1"),
                ('C', "Xiaogang Dist."),
                ('S', "Kaohsiung City"),
                ('s', "KHH"),
                ('Z', "812"),
            ],
            &[
                "postal_code: the postal code \"812\" names no more than a delivery area (Taiwanese postal codes have three digits for the delivery area and three for the road)",
            ],
        ),
        (
            "US",
            &[('A', "1 Main St"), ('C', "Denver"), ('S', "Utah"), ('Z', "80202")],
            &[
                "postal_code: the postal code \"80202\" does not belong to Utah (\"80202\" belongs to Colorado)",
            ],
        ),
        (
            "US",
            &[('A', "1 Main St"), ('C', "Denver"), ('S', "Colorada"), ('Z', "80202")],
            &[
                "administrative_area: United States has no administrative area \"Colorada\" (did you mean \"Colorado\"?)",
            ],
        ),
        (
            "AU",
            &[('A', "1 St"), ('C', "Melbourne"), ('S', "Victoria"), ('s', "VI"), ('Z', "3000")],
            &["administrative_area_code: \"VI\" is a former code of Victoria (write \"VIC\")"],
        ),
        (
            "CA",
            &[('A', "1 St"), ('C', "Toronto"), ('S', "Ontario"), ('s', "QC"), ('Z', "M5V 3A8")],
            &[
                "administrative_area_code: the administrative area is Ontario, but its code is that of Quebec (the code of Ontario is \"ON\")",
            ],
        ),
        ("CA", &[('A', "1 St"), ('C', "Montréal"), ('S', "québec"), ('Z', "H3Z 2Y7")], &[]),
    ];
    for (country, components, expected) in cases {
        assert_eq!(said(country, components), expected, "{country} {components:?}");
    }
}

/// An address of nothing but a country lacks what the country requires, and nothing else is said.
#[test]
fn an_empty_address_lacks_what_is_required() {
    for country in countries() {
        let missing: Vec<_> = problems(&address(country.code, &[]))
            .iter()
            .map(|problem| match problem {
                AddressProblem::Missing { component, .. } => *component,
                other => panic!("{}: {other}", country.code),
            })
            .collect();
        assert_eq!(missing, country.required().iter().collect::<Vec<_>>(), "{}", country.code);
    }
}
