//! What a template can ask the program, besides minijinja's own filters.

use minijinja::value::{Kwargs, Value};
use minijinja::{Environment, Error, ErrorKind, State, filters};
use serde::Deserialize;

use super::nested::check;
use crate::model::Address;
use crate::postal::{LayoutOptions, Script, country, has_language, layout};
use crate::text::international;

/// Adds the filters.
pub(super) fn install(environment: &mut Environment<'_>) {
    environment.add_filter("postal_lines", postal_lines);
    environment.add_filter("country_name", country_name);
    environment.add_filter("phone", phone);
    environment.add_filter("slug", slug);
    // minijinja's, of values that can be gone through.
    environment.add_filter("tojson", to_json);
    environment.add_filter("pprint", |state: &State<'_, '_>, value: &Value| {
        check(state, value)?;
        charged(state, Value::from(filters::pprint(value)))
    });
    environment.add_filter("string", |state: &State<'_, '_>, value: &Value| {
        check(state, value)?;
        filters::string(state, value)
    });
}

/// `value | tojson`: minijinja's own, which otherwise neither bounds the depth nor takes fuel.
fn to_json(
    state: &State<'_, '_>,
    value: &Value,
    indent: Option<Value>,
    arguments: Kwargs,
) -> Result<Value, Error> {
    check(state, value)?;
    charged(state, filters::tojson(value, indent, arguments)?)
}

/// Takes fuel for a text that a value was written as: four bytes cost 1, as minijinja has it.
fn charged(state: &State<'_, '_>, text: Value) -> Result<Value, Error> {
    state.consume_fuel(text.as_str().map_or(0, str::len) as u64 / 4)?;
    Ok(text)
}

/// An error of a filter, which is shown with the line of the template.
fn refuse(why: impl Into<String>) -> Error {
    Error::new(ErrorKind::InvalidOperation, why.into())
}

/// `address | postal_lines(from="DE", organization=…, recipient=…, language="en", script="latin")`: the
/// lines that the post of the address's country wants.
fn postal_lines(
    state: &State<'_, '_>,
    address: &Value,
    options: Kwargs,
) -> Result<Vec<String>, Error> {
    check(state, address)?;
    // From the value and not from the office: a template may have made the address, or changed one.
    let json = serde_json::to_value(address).map_err(|error| refuse(error.to_string()))?;
    let address = Address::deserialize(&json)
        .map_err(|error| refuse(format!("postal_lines takes an address: {error}")))?;
    let script = match options.get::<Option<&str>>("script")? {
        None | Some("auto") => Script::Auto,
        Some("latin") => Script::Latin,
        Some(other) => return Err(refuse(format!("script is auto or latin, not {other}"))),
    };
    let layout_options = LayoutOptions {
        recipient: options.get("recipient")?,
        organization: options.get("organization")?,
        from: options.get("from")?,
        language: options.get("language")?,
        script,
        ..LayoutOptions::default()
    };
    // A misspelt option is an error, as options are everywhere else.
    options.assert_all_used()?;
    Ok(layout(&address, &layout_options).to_lines())
}

/// `code | country_name("fr")`: the name of a country, in English if no language is given.
fn country_name(code: &str, language: Option<&str>) -> Result<String, Error> {
    let language = language.unwrap_or("en");
    let known = country(code).ok_or_else(|| refuse(format!("\"{code}\" is not a country code")))?;
    let name = known.name(language).filter(|_| has_language(language));
    let name = name.ok_or_else(|| refuse(format!("no country names in \"{language}\"")))?;
    Ok(name.to_owned())
}

/// `number | phone`: an E.164 number in the groups that readers abroad expect.
fn phone(number: &str) -> String {
    international(number)
}

/// `text | slug`: small ASCII letters and digits with hyphens between words, for anchors and file names.
fn slug(text: &str) -> String {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|it| !it.is_empty());
    words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-")
}
