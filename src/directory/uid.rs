//! The UIDs of offices in address books. They must stay the same for ever: a second import finds the contacts of the
//! first by them. And no two organisations may share one, or a server that has both takes them for one contact.

use uuid::{Uuid, uuid};

use crate::model::Organization;

/// The namespace of all offices in scheme 1, and of organisations by their names in scheme 2: the version-5 UUID of
/// `urn:officedir:office` in the namespace for URLs (RFC 9562, section 6.6). It must never change.
const OFFICES: Uuid = uuid!("0440900d-fef7-5957-881c-42b9e61f4e56");

/// In which the ids of an organisation's offices become UIDs. Copied freely: it has 16 bytes.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct UidNamespace(Uuid);

impl UidNamespace {
    /// The namespace of an organisation: by its id, else by its website's host, else by its name.
    pub(crate) fn of(organization: &Organization<'_>) -> Self {
        if organization.uid_scheme == Some(1) {
            return UidNamespace(OFFICES);
        }
        let within = |namespace: &Uuid, name: &str| Uuid::new_v5(namespace, name.as_bytes());
        UidNamespace(match (organization.id.as_deref(), organization.website.as_deref()) {
            // `parse_str` reads a UUID by itself and as a URN.
            (Some(id), _) => {
                Uuid::parse_str(id).unwrap_or_else(|_| within(&Uuid::NAMESPACE_URL, id))
            }
            (None, Some(website)) => within(&Uuid::NAMESPACE_DNS, &host(website)),
            (None, None) => within(&OFFICES, &organization.name),
        })
    }

    /// The UID of the office of that id: the URN of a version-5 UUID (RFC 9562, section 5.5).
    pub(crate) fn uid(self, office: &str) -> String {
        Uuid::new_v5(&self.0, office.as_bytes()).urn().to_string()
    }
}

/// The domain name by which an organisation's names are told from those of others: its id's, else its website's.
/// It has nothing but letters, digits and hyphens between dots (RFC 1034, section 3.5), in any script.
pub(crate) fn domain(organization: &Organization<'_>) -> Option<String> {
    let id = organization.id.as_deref().filter(|id| id.contains("://"));
    let host = host(id.or(organization.website.as_deref())?);
    let is_label = |label: &str| {
        let is_fit = |it: char| it.is_alphanumeric() || it == '-' || !it.is_ascii();
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(is_fit)
    };
    // The last label of an IPv4 address is a number, and that of a name never is.
    let is_name = host.split('.').all(is_label) && !host.ends_with(|it: char| it.is_ascii_digit());
    is_name.then_some(host)
}

/// The host of a URL in small letters, without user and port (RFC 3986, section 3.2).
fn host(url: &str) -> String {
    let behind_scheme = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = behind_scheme.split(['/', '?', '#']).next().unwrap_or_default();
    let host_and_port = authority.rsplit('@').next().unwrap_or_default();
    // The colons of an IPv6 address stand in brackets.
    let host = match host_and_port.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => host,
        _ => host_and_port,
    };
    host.to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uid(organization: Organization<'_>) -> String {
        UidNamespace::of(&organization).uid("japan-office")
    }

    #[test]
    fn as_other_libraries_make_them() {
        let organization = || Organization { name: "ICLEI".into(), ..Organization::default() };
        let by_id = |id: &'static str| uid(Organization { id: Some(id.into()), ..organization() });
        // Python: N = uuid.uuid5(uuid.NAMESPACE_URL, "urn:officedir:office"); uuid.uuid5(N, "japan-office")
        let first = Organization { uid_scheme: Some(1), ..organization() };
        assert_eq!(uid(first), "urn:uuid:4f74bdc6-5b4b-558b-8231-a10c829612a0");
        // uuid.uuid5(uuid.uuid5(N, "ICLEI"), "japan-office")
        assert_eq!(uid(organization()), "urn:uuid:62507a8d-f539-5789-a01d-d4b95dfa92e6");
        // uuid.uuid5(uuid.uuid5(uuid.NAMESPACE_DNS, "iclei.org"), "japan-office")
        for url in ["https://iclei.org", "http://me@ICLEI.org:8080/x", "https://iclei.org?x=@:1"] {
            let website = Some(url.into());
            let of_website = uid(Organization { website, ..organization() });
            assert_eq!(of_website, "urn:uuid:1defd313-f004-51a3-8b2b-0731152abdf3", "{url}");
        }
        // uuid.uuid5(uuid.uuid5(uuid.NAMESPACE_URL, "https://iclei.org/"), "japan-office")
        assert_eq!(by_id("https://iclei.org/"), "urn:uuid:7f1d4168-de51-5b1b-8f74-ec5ae1124a3f");
        // uuid.uuid5(uuid.UUID("0b6f7a10-7c1e-4f0e-9d39-4a3d6f0c1b52"), "japan-office")
        for id in [
            "0b6f7a10-7c1e-4f0e-9d39-4a3d6f0c1b52",
            "urn:uuid:0B6F7A10-7C1E-4F0E-9D39-4A3D6F0C1B52",
        ] {
            assert_eq!(by_id(id), "urn:uuid:fcf8e956-c722-5ce9-8c1e-c07266fce617", "{id}");
        }
    }

    #[test]
    fn hosts() {
        assert_eq!(host("https://[2001:db8::1]:8080/"), "[2001:db8::1]");
        assert_eq!(host("https://[2001:db8::1]/"), "[2001:db8::1]");
    }

    #[test]
    fn domains() {
        let domain_of = |id: &'static str, website: &'static str| {
            let (id, website) = (Some(id.into()), Some(website.into()));
            domain(&Organization { id, website, ..Organization::default() })
        };
        let uuid = "0b6f7a10-7c1e-4f0e-9d39-4a3d6f0c1b52";
        assert_eq!(
            domain_of("https://a.example/x", "https://b.example").as_deref(),
            Some("a.example")
        );
        assert_eq!(domain_of(uuid, "https://B.example:8080/").as_deref(), Some("b.example"));
        for address in ["https://192.0.2.1/", "https://[2001:db8::1]/", "https://a..example/"] {
            assert_eq!(domain_of(uuid, address), None, "{address}");
        }
        assert_eq!(domain(&Organization::default()), None);
    }
}
