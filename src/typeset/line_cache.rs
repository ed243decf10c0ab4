//! Lines that were set before: many addresses share a city or a country, and a line that is broken is
//! broken alike at several sizes.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use rustybuzz::Language;

use super::font::HanForms;
use super::line::ShapedLine;

/// The most lines that are known; a line takes one or two kilobytes.
const MOST: usize = 2048;

/// All that a line depends on besides the fonts.
#[derive(PartialEq, Eq, Hash)]
pub(crate) struct LineKey {
    /// What the line says.
    pub text: String,
    /// The level (UAX #9) of the whole that it is a part of.
    pub base: Option<u8>,
    /// Whose forms of the Han characters are wanted.
    pub han: Option<HanForms>,
    /// What shaping goes by where a script has forms for languages.
    pub language: Option<Language>,
}

/// The lines that were set last.
#[derive(Default)]
pub(crate) struct LineCache(Mutex<HashMap<LineKey, Arc<ShapedLine>>>);

impl LineCache {
    /// The line of that key; set now, where it is not known. Other threads do not wait for that.
    ///
    /// # Errors
    /// That of `set`.
    pub fn line<E>(
        &self,
        key: LineKey,
        set: impl FnOnce() -> Result<ShapedLine, E>,
    ) -> Result<Arc<ShapedLine>, E> {
        if let Some(line) = self.lines().get(&key) {
            return Ok(line.clone());
        }
        // Two threads may set one line at once; both get the same.
        let line = Arc::new(set()?);
        let mut lines = self.lines();
        // Emptied as a whole: the next lines are other towns' anyway, and keeping an order costs more
        // than setting them again.
        if lines.len() >= MOST {
            lines.clear();
        }
        lines.insert(key, line.clone());
        Ok(line)
    }

    /// The known lines. A panic elsewhere leaves them usable.
    fn lines(&self) -> std::sync::MutexGuard<'_, HashMap<LineKey, Arc<ShapedLine>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
