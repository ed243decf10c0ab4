//! Coordinates as people use them.

use crate::model::Coordinates;

/// OpenStreetMap's zoom for a link, from 0 for the world to 19 for a building.
const ZOOM: u8 = 17;

/// OpenStreetMap with a pin at that place.
pub(super) fn map_url(place: &Coordinates) -> String {
    let [latitude, longitude] = place.decimals();
    let pin = format!("?mlat={latitude}&mlon={longitude}");
    format!("https://www.openstreetmap.org/{pin}#map={ZOOM}/{latitude}/{longitude}")
}

/// The place as text: "50.92998, 11.58441".
pub(super) fn coordinates_text(place: &Coordinates) -> String {
    place.decimals().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_have_decimals() -> Result<(), serde_json::Error> {
        let place: Coordinates = serde_json::from_str(r#"{"latitude": -1e-7, "longitude": 36}"#)?;
        assert_eq!(coordinates_text(&place), "-0.0000001, 36");
        let url = "https://www.openstreetmap.org/?mlat=-0.0000001&mlon=36#map=17/-0.0000001/36";
        assert_eq!(map_url(&place), url);
        Ok(())
    }
}
