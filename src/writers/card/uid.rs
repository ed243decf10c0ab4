//! The UID of an office in address books. It must stay the same for ever: a second import finds the
//! contacts of the first by it.

use uuid::{Uuid, uuid};

/// The namespace of all offices: the version-5 UUID of `urn:officedir:office` in the namespace for
/// URLs (RFC 9562, section 6.6). It must never change: address books find an office again by it.
const NAMESPACE: Uuid = uuid!("0440900d-fef7-5957-881c-42b9e61f4e56");

/// The identity of an office in address books: the URN of a version-5 UUID (RFC 9562, section 5.5)
/// made from its id, so that the same office has the same one for ever.
pub(in crate::writers) fn uid(office: &str) -> String {
    Uuid::new_v5(&NAMESPACE, office.as_bytes()).urn().to_string()
}

#[cfg(test)]
mod tests {
    #[test]
    fn as_other_libraries_make_it() {
        // Python: uuid.uuid5(uuid.uuid5(uuid.NAMESPACE_URL, "urn:officedir:office"), "japan-office")
        assert_eq!(super::uid("japan-office"), "urn:uuid:4f74bdc6-5b4b-558b-8231-a10c829612a0");
    }
}
