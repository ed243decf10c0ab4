use sha1::{Digest, Sha1};

/// The namespace of all offices: the version-5 UUID of `urn:officedir:office` in the namespace for
/// URLs (RFC 9562, section 6.6). It must never change: address books find an office again by it.
const NAMESPACE: [u8; 16] = [
    0x04, 0x40, 0x90, 0x0d, 0xfe, 0xf7, 0x59, 0x57, 0x88, 0x1c, 0x42, 0xb9, 0xe6, 0x1f, 0x4e, 0x56,
];

/// The identity of an office in address books: the URN of a version-5 UUID (RFC 9562, section 5.5)
/// made from its id, so that the same office has the same one for ever.
pub(in crate::writers) fn uid(office: &str) -> String {
    let hash = Sha1::new().chain_update(NAMESPACE).chain_update(office);
    let mut bytes: [u8; 20] = hash.finalize().into();
    bytes[6] = bytes[6] & 0x0f | 0x50;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let mut urn = String::with_capacity(45);
    urn.push_str("urn:uuid:");
    for (at, byte) in bytes[..16].iter().enumerate() {
        if [4, 6, 8, 10].contains(&at) {
            urn.push('-');
        }
        for digit in [byte >> 4, byte & 0x0f] {
            urn.push(char::from(b"0123456789abcdef"[usize::from(digit)]));
        }
    }
    urn
}

#[cfg(test)]
mod tests {
    #[test]
    fn as_other_libraries_make_it() {
        // Python: uuid.uuid5(uuid.uuid5(uuid.NAMESPACE_URL, "urn:officedir:office"), "japan-office")
        assert_eq!(super::uid("japan-office"), "urn:uuid:4f74bdc6-5b4b-558b-8231-a10c829612a0");
    }
}
