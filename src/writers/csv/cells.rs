//! A row of an address book's table, filled by the names of its columns. The tables for people and for
//! programs are not made of it: they have a function for each column.

use std::borrow::Cow;

use crate::model::{Phone, PhoneType, Use};
use crate::writers::card::{Card, CardAddress};

/// A row under way, filled by the names of its columns.
pub(super) struct CellList<'h, 'a> {
    /// Names of the columns.
    header: &'h [String],
    /// A cell for each column; texts that stand in the card as they are stay borrowed.
    cells: Vec<Cow<'a, str>>,
}

impl<'h, 'a> CellList<'h, 'a> {
    /// A row whose cells are all empty.
    pub(super) fn new(header: &'h [String]) -> Self {
        CellList { header, cells: vec![Cow::Borrowed(""); header.len()] }
    }

    /// Fills the column of that name.
    pub(super) fn set(&mut self, column: &str, text: impl Into<Cow<'a, str>>) {
        // By name and not by position: the tables have up to sixty columns, and Google has changed
        // its table before.
        let at = self.header.iter().position(|name| name == column);
        debug_assert!(at.is_some(), "no column is called {column}");
        if let Some(cell) = at.and_then(|at| self.cells.get_mut(at)) {
            *cell = text.into();
        }
    }

    /// Whether there is a column of that name.
    pub(super) fn has(&self, column: &str) -> bool {
        self.header.iter().any(|name| name == column)
    }

    /// Fills columns with one item each, and gives the items that are left.
    pub(super) fn spread<T: Into<Cow<'a, str>>>(
        &mut self,
        columns: &[&str],
        items: impl IntoIterator<Item = T>,
    ) -> impl Iterator<Item = T> {
        let mut items = items.into_iter();
        for (column, item) in columns.iter().zip(items.by_ref().take(columns.len())) {
            self.set(column, item);
        }
        items
    }

    /// The cells, in the order of the header.
    pub(super) fn into_cells(self) -> impl Iterator<Item = Cow<'a, str>> {
        self.cells.into_iter()
    }
}

/// The phones of a type.
pub(super) fn phones<'c>(
    card: &'c Card<'_>,
    kind: PhoneType,
) -> impl Iterator<Item = &'c Phone<'c>> {
    card.phones.iter().copied().filter(move |phone| phone.kind == kind)
}

/// The addresses as address books have places for them: the one for visitors first.
pub(super) fn addresses<'c, 'a>(card: &'c Card<'a>) -> Vec<&'c CardAddress<'a>> {
    let mut addresses: Vec<_> = card.addresses.iter().collect();
    // Stable, so postal addresses stay in order behind it.
    addresses.sort_by_key(|address| !address.uses.contains(&Use::Physical));
    addresses
}

/// Other names, in one cell.
pub(super) fn nicknames(card: &Card<'_>, separator: &str) -> String {
    let names: Vec<_> = card.nicknames.iter().map(|name| name.name()).collect();
    names.join(separator)
}
