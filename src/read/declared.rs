//! What a header declares for offices to refer to, read leniently: one mistake in it must not make every office wrong.

use std::collections::HashSet;

use serde_json::Value;

use crate::model::OfficeKind;

/// The ids that offices may refer to, as far as they are known: of a list that is not known, nothing is unknown.
#[derive(Default)]
pub(crate) struct DeclaredIds<'h> {
    /// Ids of regions.
    pub(super) regions: Option<HashSet<&'h str>>,
    /// Ids of kinds, in alphabetical order: a directory has a few, for which a set would take longer.
    pub(super) kinds: Option<Vec<&'h str>>,
    /// Id of the headquarters, where the organisation names it.
    pub(super) headquarters: Option<&'h str>,
}

impl<'h> DeclaredIds<'h> {
    /// What a header declares; without a header, nothing is known.
    pub(crate) fn of(header: Option<&'h Value>) -> Self {
        let Some(header) = header else { return DeclaredIds::default() };
        DeclaredIds {
            regions: Some(ids_in(header, "regions").collect()),
            // Of kinds that are no list the schema says what is wrong.
            kinds: header.get("kinds").is_none_or(Value::is_array).then(|| {
                let mut kinds = kind_ids(header);
                kinds.sort_unstable();
                kinds
            }),
            headquarters: header["organization"]["headquarters"].as_str(),
        }
    }
}

/// The ids of the kinds that a header declares, or of those that are meant where it declares none.
pub(crate) fn kind_ids(header: &Value) -> Vec<&str> {
    match header.get("kinds") {
        None => OfficeKind::defaults().iter().map(|kind| kind.id.as_str()).collect(),
        Some(_) => ids_in(header, "kinds").collect(),
    }
}

/// The ids of the items of a header's list; an item without one counts as "".
pub(crate) fn ids_in<'h>(header: &'h Value, list: &str) -> impl Iterator<Item = &'h str> + use<'h> {
    let items = header[list].as_array();
    // An item that is its id alone is none, but known all the same.
    let ids = items.into_iter().flatten().map(|it| it["id"].as_str().or(it.as_str()));
    ids.map(Option::unwrap_or_default)
}
