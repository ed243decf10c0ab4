//! JSContact as calcard reads it: the cards of a file as records, one per line.

use std::error::Error;

use calcard::common::IanaString;
use calcard::jscontact::JSContact;
use calcard::vcard::{VCard, VCardEntry, VCardParameterName, VCardParameterValue, VCardValue};
use serde_json::value::RawValue;
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args().nth(1).ok_or("which file?")?;
    let text = std::fs::read_to_string(file)?;
    let cards: Vec<&RawValue> = serde_json::from_str(&text)?;
    for card in cards {
        let card: JSContact<'_, String, String> = JSContact::parse(card.get())?;
        println!("{}", record(&card.into_vcard().ok_or("calcard does not convert a card")?));
    }
    Ok(())
}

fn record(card: &VCard) -> Value {
    let all = |name: &str| -> Vec<&VCardEntry> {
        card.entries.iter().filter(|it| it.name.as_str() == name).collect()
    };
    let texts =
        |name: &str| -> Vec<String> { all(name).iter().map(|it| values(it).join(",")).collect() };
    let adr =
        all("ADR").into_iter().map(|it| json!({"types": types(it), "parts": values(it)[..7]}));
    let tel = all("TEL").into_iter().map(|it| json!({"types": types(it), "number": values(it)[0]}));
    json!({
        "uid": texts("UID").first(),
        "name": texts("FN").first(),
        "org": all("ORG").first().map(|it| values(it)),
        "nick": texts("NICKNAME"),
        "adr": adr.collect::<Vec<_>>(),
        "tel": tel.collect::<Vec<_>>(),
        "url": texts("URL"),
        "email": texts("EMAIL"),
    })
}

fn values(entry: &VCardEntry) -> Vec<String> {
    let text = |value: &VCardValue| match value {
        VCardValue::Text(text) => text.clone(),
        VCardValue::Component(texts) => texts.join("\n"),
        other => format!("{other:?}"),
    };
    entry.values.iter().map(text).collect()
}

fn types(entry: &VCardEntry) -> Vec<String> {
    let types = entry.params.iter().filter(|it| it.name == VCardParameterName::Type);
    let mut types: Vec<_> = types
        .map(|it| match &it.value {
            VCardParameterValue::Type(kind) => kind.as_str().to_lowercase(),
            other => format!("{other:?}"),
        })
        .collect();
    types.sort();
    types
}
