/// A picture of these chunks (PNG, ISO/IEC 15948, clause 5).
pub(super) fn file(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, data) in chunks {
        let mut crc = flate2::Crc::new();
        crc.update(*kind);
        crc.update(data);
        // Every picture here is far below the format's 2 GiB.
        file.extend((data.len() as u32).to_be_bytes());
        file.extend(*kind);
        file.extend(*data);
        file.extend(crc.sum().to_be_bytes());
    }
    file
}
