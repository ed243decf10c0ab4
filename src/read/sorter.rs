//! Sorting more records than memory holds: an external merge sort.
//!
//! It is written by hand because a record is twenty bytes of fixed size. A general library would take
//! them as values to serialise, and a B-tree on disk would write each of them several times.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};

/// A 128-bit key (big-endian) and a number, so that records sort by key and then by number.
pub(super) type SortRecord = [u8; 20];

/// Records kept in memory; more are sorted and put on disk. 2.6 MB.
const LIMIT: usize = 1 << 17;
/// Files after which twice as many records are kept: a process may have a thousand files open, and a
/// hundred million records go into 150.
const FILES: usize = 32;

/// Sorts any number of records in bounded memory. Records come in the order of the offices, so equal keys
/// keep it by their number.
pub(super) struct ExternalSorter {
    /// How many records are kept in memory; grows with the number of files.
    limit: usize,
    /// Those in memory, not sorted.
    records: Vec<SortRecord>,
    /// Sorted temporary files.
    runs: Vec<File>,
}

impl Default for ExternalSorter {
    fn default() -> Self {
        ExternalSorter { limit: LIMIT, records: Vec::new(), runs: Vec::new() }
    }
}

impl ExternalSorter {
    /// Adds records.
    pub(super) fn extend(&mut self, records: &[(u128, u32)]) -> io::Result<()> {
        records.iter().try_for_each(|(key, number)| self.push(*key, *number))
    }

    /// Adds a record; puts what is in memory on disk once it is too much.
    fn push(&mut self, key: u128, number: u32) -> io::Result<()> {
        let mut record = [0; 20];
        // Big-endian, so that bytes sort as the numbers do.
        record[..16].copy_from_slice(&key.to_be_bytes());
        record[16..].copy_from_slice(&number.to_be_bytes());
        self.records.push(record);
        if self.records.len() == self.limit {
            sort(&mut self.records);
            // A file without a name: it is gone when the process ends, however it ends.
            let mut run = BufWriter::new(tempfile::tempfile()?);
            run.write_all(self.records.as_flattened())?;
            self.runs.push(run.into_inner().map_err(io::IntoInnerError::into_error)?);
            self.records.clear();
            // Files and memory grow together, each by the logarithm of the records.
            if self.runs.len().is_multiple_of(FILES) {
                self.limit *= 2;
            }
        }
        Ok(())
    }

    /// The records in order.
    pub(super) fn sorted(mut self) -> io::Result<SortedRecords> {
        sort(&mut self.records);
        let mut sorted = SortedRecords {
            memory: self.records.into_iter(),
            runs: Vec::with_capacity(self.runs.len()),
            // The smallest record of all runs is at its top: a merge of any number of runs.
            heads: BinaryHeap::new(),
        };
        for mut run in self.runs {
            run.rewind()?;
            sorted.runs.push(BufReader::new(run));
        }
        // Without files there is nothing to merge, and no heap is needed.
        if !sorted.runs.is_empty() {
            // The number behind the last file's is that of the memory.
            (0..=sorted.runs.len()).try_for_each(|at| sorted.refill(at))?;
        }
        Ok(sorted)
    }
}

/// Numbers compare faster than bytes, and few keys begin alike.
fn sort(records: &mut [SortRecord]) {
    let beginning = |record: &SortRecord| {
        let [a, b, c, d, e, f, g, h, ..] = *record;
        u64::from_be_bytes([a, b, c, d, e, f, g, h])
    };
    let order = |left: &SortRecord, right: &SortRecord| {
        beginning(left).cmp(&beginning(right)).then_with(|| left.cmp(right))
    };
    // Unstable, because equal records cannot be told apart.
    records.sort_unstable_by(order);
}

/// Key and number of a record.
fn parts(record: &SortRecord) -> (u128, u32) {
    let (mut key, mut number) = ([0; 16], [0; 4]);
    key.copy_from_slice(&record[..16]);
    number.copy_from_slice(&record[16..]);
    (u128::from_be_bytes(key), u32::from_be_bytes(number))
}

/// Gives records in order.
pub(super) struct SortedRecords {
    /// Those that were never put on disk, sorted.
    memory: std::vec::IntoIter<SortRecord>,
    /// The sorted files, each as far as it was read.
    runs: Vec<BufReader<File>>,
    /// The next record of every run and, behind them, of the memory, where there are runs.
    heads: BinaryHeap<Reverse<(SortRecord, usize)>>,
}

impl SortedRecords {
    /// The next record in order.
    pub(super) fn next(&mut self) -> io::Result<Option<(u128, u32)>> {
        if self.runs.is_empty() {
            return Ok(self.memory.next().as_ref().map(parts));
        }
        let Some(Reverse((record, run))) = self.heads.pop() else { return Ok(None) };
        self.refill(run)?;
        Ok(Some(parts(&record)))
    }

    /// The numbers of equal keys, where there are several of one.
    pub(super) fn groups(mut self) -> io::Result<Vec<Vec<u32>>> {
        let (mut groups, mut group, mut current) = (Vec::new(), Vec::new(), None);
        loop {
            let next = self.next()?;
            if next.map(|(key, _)| key) != current {
                if group.len() > 1 {
                    groups.push(std::mem::take(&mut group));
                }
                group.clear();
                current = next.map(|(key, _)| key);
            }
            let Some((_, number)) = next else { return Ok(groups) };
            group.push(number);
        }
    }

    /// Takes the next record of a run, or of the memory, into the heap.
    fn refill(&mut self, at: usize) -> io::Result<()> {
        let record = match self.runs.get_mut(at) {
            None => self.memory.next(),
            Some(run) => {
                let mut record = [0; 20];
                match run.read_exact(&mut record) {
                    Ok(()) => Some(record),
                    Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => None,
                    Err(error) => return Err(error),
                }
            }
        };
        self.heads.extend(record.map(|record| Reverse((record, at))));
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::ExternalSorter;

    #[test]
    fn memory_and_disk_give_one_order() {
        for limit in [3, 7, 1_000] {
            let mut sorter = ExternalSorter { limit, ..ExternalSorter::default() };
            let keys = (0..100_u32).map(|number| (u128::from(number * 37 % 50) << 90, number));
            for (key, number) in keys.clone() {
                sorter.push(key, number).unwrap();
            }
            let mut sorted = sorter.sorted().unwrap();
            let mut expected: Vec<_> = keys.collect();
            expected.sort_unstable();
            for record in expected {
                assert_eq!(sorted.next().unwrap(), Some(record));
            }
            assert_eq!(sorted.next().unwrap(), None);
        }
    }
}
