//! Values of a kind by their labels: each label has a pair of columns, and its values share a cell.

use std::borrow::Cow;

use smallvec::{SmallVec, smallvec};

use super::SEPARATOR;

/// E-mail addresses, telephone numbers or URLs, for one pair of columns after the other.
#[derive(Default)]
pub(super) struct LabelledValues<'a> {
    /// Labels and cells.
    groups: SmallVec<[(Cow<'a, str>, String); 3]>,
    /// How many of the labels are the office's own.
    own: usize,
}

impl<'a> LabelledValues<'a> {
    /// How many labels of its own an office has columns for, of each kind of values.
    pub(super) const MOST: usize = 5;

    /// Labels of the table that stand there also without a value.
    pub(super) fn fixed(labels: &[&'static str]) -> Self {
        let groups = labels.iter().map(|&label| (label.into(), String::new())).collect();
        LabelledValues { groups, own: 0 }
    }

    /// A single cell.
    pub(super) fn single(label: &'static str, cell: String) -> Self {
        LabelledValues { groups: smallvec![(label.into(), cell)], own: 0 }
    }

    /// Adds a value with the office's label, else with the table's. `false` if the office's has no columns left, and
    /// the value was given the table's.
    pub(super) fn add(
        &mut self,
        own: Option<Cow<'a, str>>,
        label: &'static str,
        value: &str,
    ) -> bool {
        let Some(own) = own else {
            self.put(label.into(), value);
            return true;
        };
        let is_new = !self.groups.iter().any(|(label, _)| *label == own);
        if is_new && self.own == Self::MOST {
            self.put(label.into(), value);
            return false;
        }
        self.own += usize::from(is_new);
        self.put(own, value);
        true
    }

    /// Adds a value to the cell of that label.
    fn put(&mut self, label: Cow<'a, str>, value: &str) {
        let Some((_, cell)) = self.groups.iter_mut().find(|(known, _)| *known == label) else {
            return self.groups.push((label, value.to_owned()));
        };
        if !cell.is_empty() {
            cell.push_str(SEPARATOR);
        }
        cell.push_str(value);
    }

    /// Labels and cells, in the order of the first values.
    pub(super) fn into_groups(self) -> impl Iterator<Item = (Cow<'a, str>, String)> {
        self.groups.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::LabelledValues;

    #[test]
    fn labels_have_columns_as_far_as_there_are_any() {
        let mut values = LabelledValues::default();
        for (label, value) in [(None, "a"), (Some("1"), "b"), (None, "c"), (Some("1"), "d")] {
            assert!(values.add(label.map(Into::into), "Work", value));
        }
        for label in 2..=LabelledValues::MOST {
            assert!(values.add(Some(label.to_string().into()), "Work", "e"));
        }
        assert!(!values.add(Some("more".into()), "Work", "f"));
        assert!(values.add(Some("2".into()), "Work", "g"));
        let groups: Vec<_> =
            values.into_groups().map(|(label, cell)| format!("{label}: {cell}")).collect();
        assert_eq!(
            groups,
            ["Work: a ::: c ::: f", "1: b ::: d", "2: e ::: g", "3: e", "4: e", "5: e"]
        );
    }
}
