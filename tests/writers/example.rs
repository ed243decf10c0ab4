//! The example of a program with its own writer does what it says.

#[allow(dead_code, reason = "its main is not run here")]
#[path = "../../examples/phone_list.rs"]
mod phone_list;

#[test]
fn the_telephone_list() {
    let mut list = Vec::new();
    let outcome = phone_list::export(include_bytes!("../../directory.json"), &mut list).unwrap();
    assert!(!outcome.failed() && outcome.has_losses());
    let list = String::from_utf8(list).unwrap();
    assert!(list.starts_with("Telephones of ICLEI\nWorld Secretariat\tvoice\t+49"), "{list}");
    let mut nowhere = Vec::new();
    let bad = br#"{"organization": {"name": "A"}, "offices": [{"id": "a"}]}"#;
    assert!(phone_list::export(bad, &mut nowhere).unwrap().failed());
    assert!(phone_list::export(b"{", &mut nowhere).is_err());
}
