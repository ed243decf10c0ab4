//! Where countries are on the globe, in boxes around them: coordinates outside of all boxes of a country are
//! not in it. Coordinates within may still be in a neighbour, since boxes overlap.
//!
//! The table (`data/bounding-boxes.txt`) is made from Natural Earth's outlines, with a margin of at least 0.2
//! degrees. A row is a country and the four sides of a box.

use std::sync::LazyLock;

/// An area between two parallels and two meridians, in degrees (WGS 84).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BoundingBox {
    /// The least latitude, from -90 to 90.
    pub south: f64,
    /// The meridian at which the box begins, from -180 to 180. It is greater than `east` in a box across the
    /// antimeridian, such as Fiji's.
    pub west: f64,
    /// The greatest latitude, from -90 to 90.
    pub north: f64,
    /// The meridian at which the box ends, from -180 to 180.
    pub east: f64,
}

impl BoundingBox {
    /// Whether a place is in the box or on its edge. The latitude is from -90 to 90 and the longitude from -180
    /// to 180 degrees; anything else is in no box.
    pub fn contains(&self, latitude: f64, longitude: f64) -> bool {
        let beyond_west = self.west <= longitude && longitude <= 180.0;
        let before_east = -180.0 <= longitude && longitude <= self.east;
        let is_between = if self.west > self.east {
            beyond_west || before_east
        } else {
            beyond_west && before_east
        };
        is_between && self.south <= latitude && latitude <= self.north
    }

    /// Reads a box of the table: south, west, north and east with spaces between them.
    fn parse(text: &str) -> Option<BoundingBox> {
        let mut sides = text.split(' ').map(|side| side.parse().ok());
        let mut side = || sides.next().flatten();
        let found = BoundingBox { south: side()?, west: side()?, north: side()?, east: side()? };
        sides.next().is_none().then_some(found)
    }
}

/// The boxes of the country with that ISO 3166-1 alpha-2 code in capitals; none of an unknown country.
///
/// The first is around the country itself. Others are around territories far away that have codes of their
/// own and in which addresses of the country may be as well, such as Guadeloupe's (GP) for France.
pub fn bounding_boxes(country: &str) -> impl Iterator<Item = BoundingBox> {
    let start = TABLE.partition_point(|row| row.0 < country);
    let rows = TABLE.get(start..).unwrap_or_default().iter();
    rows.take_while(move |row| row.0 == country).map(|row| row.1)
}

/// Whether a place, in degrees, is in one of the country's boxes; nothing where the country is unknown.
///
/// ```
/// use officedir::postal::is_within;
///
/// let (latitude, longitude) = (52.52, 13.41);
/// assert_eq!(is_within("DE", latitude, longitude), Some(true));
/// assert_eq!(is_within("DE", longitude, latitude), Some(false));
/// assert_eq!(is_within("QQ", latitude, longitude), None);
/// ```
pub fn is_within(country: &str, latitude: f64, longitude: f64) -> Option<bool> {
    let mut boxes = bounding_boxes(country).peekable();
    boxes.peek()?;
    Some(boxes.any(|it| it.contains(latitude, longitude)))
}

/// Countries with their boxes, by country.
static TABLE: LazyLock<Vec<(&str, BoundingBox)>> = LazyLock::new(|| {
    rows().filter_map(|(country, sides)| Some((country, BoundingBox::parse(sides)?))).collect()
});

/// The rows of the table as text: a country and its box.
fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    include_str!("data/bounding-boxes.txt")
        .lines()
        .map(|row| row.split_once(' ').unwrap_or((row, "")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::postal::countries;

    #[test]
    fn every_row_is_read() {
        assert_eq!(TABLE.len(), rows().count());
        assert!(TABLE.is_sorted_by_key(|row| row.0));
        for (country, it) in TABLE.iter() {
            assert!(
                -90.0 <= it.south && it.south < it.north && it.north <= 90.0,
                "{country} {it:?}"
            );
            assert!(it.west.abs() <= 180.0 && it.east.abs() <= 180.0, "{country} {it:?}");
            assert!(it.west != it.east, "{country} {it:?}");
        }
    }

    #[test]
    fn every_country_has_a_box_and_no_other_has() {
        for country in countries() {
            assert!(bounding_boxes(country.code).next().is_some(), "{}", country.code);
        }
        let is_known = |code: &str| countries().iter().any(|country| country.code == code);
        assert!(TABLE.iter().all(|row| is_known(row.0)));
        assert_eq!(bounding_boxes("QQ").count(), 0);
        assert_eq!(bounding_boxes("").count(), 0);
        assert_eq!(bounding_boxes("ZZ").count(), 0);
    }

    #[test]
    fn towns_are_in_their_countries() {
        for (country, town, latitude, longitude) in [
            ("AR", "Ushuaia", -54.80, -68.30),
            ("BQ", "Kralendijk", 12.15, -68.27),
            ("CL", "Hanga Roa", -27.15, -109.43),
            ("DE", "Berlin", 52.52, 13.41),
            ("ES", "Las Palmas", 28.12, -15.43),
            ("FJ", "Suva", -18.14, 178.44),
            ("FJ", "Matei", -16.69, -179.88),
            ("FR", "Cayenne", 4.94, -52.33),
            ("FR", "Paris", 48.85, 2.35),
            ("GB", "St Helier", 49.19, -2.10),
            ("GF", "Cayenne", 4.94, -52.33),
            ("GR", "Kastellorizo", 36.15, 29.59),
            ("JP", "Tokyo", 35.69, 139.69),
            ("KI", "South Tarawa", 1.33, 172.98),
            ("KI", "London", 1.98, -157.48),
            ("NZ", "Wellington", -41.29, 174.78),
            ("NZ", "Waitangi", -43.95, -176.56),
            ("RE", "Saint-Denis", -20.88, 55.45),
            ("RU", "Anadyr", 64.73, 177.51),
            ("RU", "Kaliningrad", 54.71, 20.51),
            ("RU", "Petropavlovsk-Kamchatsky", 53.04, 158.65),
            ("RU", "Uelen", 66.16, -169.81),
            ("SJ", "Longyearbyen", 78.22, 15.65),
            ("TW", "Dongyin", 26.37, 120.49),
            ("US", "Anchorage", 61.22, -149.90),
            ("US", "Honolulu", 21.31, -157.86),
            ("US", "San Juan", 18.47, -66.11),
            ("US", "Shemya", 52.72, 174.11),
            ("ZA", "Pretoria", -25.75, 28.19),
        ] {
            assert_eq!(is_within(country, latitude, longitude), Some(true), "{town}");
        }
    }

    #[test]
    fn places_elsewhere_are_not() {
        for (country, place, latitude, longitude) in [
            ("FR", "Berlin", 52.52, 13.41),
            ("DE", "Berlin, swapped", 13.41, 52.52),
            ("DE", "Berlin, south", -52.52, 13.41),
            ("FJ", "Port Moresby", -9.44, 147.18),
            ("FJ", "Accra", 5.56, -0.20),
            ("NL", "Cayenne", 4.94, -52.33),
            ("NO", "Bouvet", -54.42, 3.36),
            ("US", "London", 51.51, -0.13),
        ] {
            assert_eq!(is_within(country, latitude, longitude), Some(false), "{place}");
        }
    }

    #[test]
    fn null_island_is_in_no_country() {
        for country in countries() {
            assert_eq!(is_within(country.code, 0.0, 0.0), Some(false), "{}", country.code);
        }
    }

    #[test]
    fn both_longitudes_of_the_antimeridian_are_in_fiji() {
        assert_eq!(is_within("FJ", -16.8, 180.0), Some(true));
        assert_eq!(is_within("FJ", -16.8, -180.0), Some(true));
    }

    #[test]
    fn what_is_no_coordinate_is_in_no_box() {
        for (latitude, longitude) in
            [(f64::NAN, 0.0), (0.0, f64::NAN), (-16.8, 200.0), (-95.0, 0.0)]
        {
            for country in countries() {
                assert_eq!(is_within(country.code, latitude, longitude), Some(false));
            }
        }
    }
}
