//! What is said of a label that does not fit its stock.

use std::sync::LazyLock;

use crate::stock::{Catalogue, Stock};
use crate::typeset::fit::FitError;

/// What keeps the label from fitting, with the smallest stock of the same kind for which `fits` says that it would.
pub(super) fn misfit_text(
    misfit: &FitError,
    stock: &Stock,
    fits: impl Fn(&Stock) -> bool,
) -> String {
    match smallest_fitting(misfit, stock, fits) {
        Some(name) => format!("{misfit}; {name} is the smallest stock of the kind that it fits"),
        None => misfit.to_string(),
    }
}

/// Name of the smallest known stock of the same kind that the label fits.
fn smallest_fitting(
    misfit: &FitError,
    stock: &Stock,
    fits: impl Fn(&Stock) -> bool,
) -> Option<&'static str> {
    // What is too small for the one line that is known not to fit need not be tried.
    let least = match misfit {
        FitError::Missing(_) | FitError::Sender(_) => return None,
        FitError::Wide { needed, .. } => [*needed, 0.0],
        FitError::High { needed, .. } => [0.0, *needed],
        FitError::Code(_) => [0.0; 2],
    };
    let has_room = |other: &&Stock| {
        let room = other.reading_room();
        other.kind == stock.kind && room[0] >= least[0] && room[1] >= least[1]
    };
    static CATALOGUE: LazyLock<Option<Catalogue>> = LazyLock::new(|| Catalogue::built_in().ok());
    let mut larger: Vec<&Stock> = CATALOGUE.as_ref()?.search(&[]).filter(has_room).collect();
    let size = |stock: &Stock| stock.label[0] * stock.label[1];
    larger.sort_by(|a, b| size(a).total_cmp(&size(b)));
    let fits =
        |other: &&Stock| (*other).clone().with_clear(stock.clear).is_ok_and(|other| fits(&other));
    larger.into_iter().find(fits).map(|stock| stock.name.as_str())
}
