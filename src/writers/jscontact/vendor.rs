//! Members of the organisation's own as JSContact has them: `example.org:x_cost_center` (RFC 9553, section 1.8.1).

use serde_json::{Value, json};

use crate::directory::Context;
use crate::json::token;
use crate::model::{Office, OwnMembers};
use crate::writers::OfficeOutput;

/// How own members are called in a card.
pub(super) struct VendorNames {
    /// The organisation's domain name; nothing where it has none, or where the office has no own members.
    domain: Option<String>,
}

impl VendorNames {
    /// The names in the card of an office. Members that can have none are reported.
    pub(super) fn new(
        context: &Context<'_>,
        office: &Office<'_>,
        piece: &mut OfficeOutput,
    ) -> Self {
        let mut domain = None;
        // The domain is looked for at the first member, which most offices do not have.
        office.each_own(|pointer, name, _| {
            let domain = domain.get_or_insert_with(|| context.domain());
            let why = match domain {
                None => {
                    "JSContact has own members by a domain name, and the organisation has no id or website with one"
                }
                Some(_) if !is_fit(name) => "JSContact has no own members with such a name",
                Some(_) => return,
            };
            piece.lose(format!("{pointer}{}", token(name)), why);
        });
        VendorNames { domain: domain.flatten() }
    }

    /// Adds own members to the object that they belong to.
    pub(super) fn add(&self, own: &OwnMembers<'_>, object: &mut Value) {
        let Some(domain) = &self.domain else { return };
        for (name, value) in own.iter().filter(|(name, _)| is_fit(name)) {
            object[format!("{domain}:{name}")] = json!(value);
        }
    }
}

/// Whether a name may stand behind the colon: without quotes, and without the two characters that a JSON pointer
/// would have to escape. The check has refused controls.
fn is_fit(name: &str) -> bool {
    !name.contains(['"', '/', '~'])
}
