//! Telephone numbers as text, and what is known of them without libphonenumber, whose data takes 65 ms to load.

use std::sync::LazyLock;

/// Countries (ISO 3166-1) with their calling codes (ITU-T E.164), by country. Several countries share a code: +1, +44,
/// +61. The script that writes the file sorts it.
static CALLING_CODES: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    include_str!("data/calling-codes.txt").lines().filter_map(|it| it.split_once(' ')).collect()
});

/// The calling code of a country, without the plus.
pub(crate) fn calling_code(country: &str) -> Option<&'static str> {
    let found = CALLING_CODES.binary_search_by_key(&country, |row| row.0);
    found.ok().and_then(|at| CALLING_CODES.get(at)).map(|row| row.1)
}

/// The E.164 form of what libphonenumber reads in a text, as it is written in a country or, without one, behind a plus;
/// nothing where no country has such a number. Prefixes go where the country has them: Germany drops the zero of
/// "+49 (0)228", Italy keeps that of "+39 (0)6".
pub(crate) fn read_phone(country: Option<&str>, text: &str) -> Option<String> {
    let country = country.map(str::parse).transpose().ok()?;
    let parsed = phonenumber::parse(country, text).ok()?;
    let number = parsed.format().mode(phonenumber::Mode::E164).to_string();
    let (plan, rest) = NumberingPlan::of(&number)?;
    // With a plus, of 7 to 15 digits (ITU-T E.164, section 6): some networks within a country have longer ones.
    let is_possible = plan.has_length(rest.len()) && (8..=16).contains(&number.len());
    (is_possible && parsed.is_valid()).then_some(number)
}

/// What may follow a calling code.
#[derive(Clone, Copy, Default)]
pub(crate) struct NumberingPlan {
    /// How many digits: a bit for each possible length.
    lengths: u32,
    /// Whether they may begin with a zero. Where they may not, a zero is what calls within the country begin with.
    pub keeps_zero: bool,
}

impl NumberingPlan {
    /// The plan that an E.164 number is of, and the digits behind the calling code; nothing where nobody has the code.
    pub fn of(number: &str) -> Option<(Self, &str)> {
        let digits = number.strip_prefix('+')?;
        // No calling code is the beginning of another.
        (1..=3).find_map(|length| {
            let (code, rest) = digits.split_at_checked(length)?;
            let plan = NUMBERING_PLANS.get(code.parse::<usize>().ok()?)?;
            (plan.lengths != 0 && !code.starts_with('0')).then_some((*plan, rest))
        })
    }

    /// Whether that many digits make a number that can be called from abroad.
    pub fn has_length(self, digits: usize) -> bool {
        u32::try_from(digits).is_ok_and(|digits| self.lengths.unbounded_shr(digits) & 1 == 1)
    }

    /// The lengths, in order.
    pub fn lengths(self) -> impl Iterator<Item = usize> {
        (0..32).filter(move |digits| self.has_length(*digits))
    }
}

/// The plans by their calling codes. A code that nobody has is one without lengths.
static NUMBERING_PLANS: LazyLock<Vec<NumberingPlan>> = LazyLock::new(|| {
    let mut plans = vec![NumberingPlan::default(); 1000];
    for line in include_str!("data/numbering-plans.txt").lines() {
        let mut numbers = line.split(' ').filter_map(|it| it.parse::<usize>().ok());
        let Some(plan) = numbers.next().and_then(|code| plans.get_mut(code)) else { continue };
        for number in numbers {
            match number {
                0 => plan.keeps_zero = true,
                length => plan.lengths |= 1 << length,
            }
        }
    }
    plans
});

/// What numbers begin with, in order, and how those up to the next line are grouped.
static GROUPS: LazyLock<Vec<(u64, &str)>> = LazyLock::new(|| {
    let lines = include_str!("data/number-groups.txt").lines();
    let rows = lines.map(|line| line.split_once(' ').unwrap_or((line, "")));
    rows.filter_map(|(begin, ways)| Some((in_order(begin)?, ways))).collect()
});

/// The digits as the beginning of 15 (all that an E.164 number has), which are in the order of texts and compared faster.
fn in_order(digits: &str) -> Option<u64> {
    let digits = digits.get(..15).unwrap_or(digits);
    let missing = u32::try_from(15_usize.saturating_sub(digits.len())).ok()?;
    digits.parse::<u64>().ok()?.checked_mul(10_u64.checked_pow(missing)?)
}

/// An E.164 number with a space behind the country calling code: LibreOffice and Excel take
/// "+49228123456" for a number and drop the plus, but keep "+49 228123456" as it is. Without its space
/// it is the number again.
pub(crate) fn spaced(number: &str) -> String {
    split(number).map_or(number.to_owned(), |(code, rest)| [code, " ", rest].concat())
}

/// An E.164 number in the groups that libphonenumber has for readers abroad, with spaces between them (ITU-T E.123,
/// section 2): "+49 228 97629900". Without its spaces it is the number again.
pub fn international(number: &str) -> String {
    let grouped = NumberingPlan::of(number).and_then(|(_, rest)| {
        let code = number.strip_suffix(rest)?;
        let digits = in_order(&number[1..])?;
        // Each calling code has a row that is not above its lowest number.
        let row = GROUPS.partition_point(|row| row.0 <= digits).checked_sub(1)?;
        GROUPS.get(row)?.1.split(' ').find_map(|way| group(code, rest, way))
    });
    grouped.unwrap_or_else(|| spaced(number))
}

/// The number in groups of such lengths, "2.3-11"; nothing where there are too few digits, or too many.
fn group(code: &str, mut digits: &str, way: &str) -> Option<String> {
    let bounds = || {
        way.split('.').filter_map(|group| {
            let (least, most) = group.split_once('-').unwrap_or((group, group));
            Some((least.parse::<usize>().ok()?, most.parse::<usize>().ok()?))
        })
    };
    let mut spare = digits.len().checked_sub(bounds().map(|it| it.0).sum())?;
    let mut text = String::with_capacity(24);
    text.push_str(code);
    for (least, most) in bounds() {
        // The groups in front are filled first.
        let more = spare.min(most - least);
        spare -= more;
        let (group, rest) = digits.split_at_checked(least + more)?;
        digits = rest;
        text.push(' ');
        text.push_str(group);
    }
    digits.is_empty().then_some(text)
}

/// The plus with the calling code, and what follows.
fn split(number: &str) -> Option<(&str, &str)> {
    match NumberingPlan::of(number) {
        Some((_, rest)) => Some((number.strip_suffix(rest)?, rest)),
        // Codes that nobody has yet are of three digits.
        None => number.starts_with('+').then(|| number.split_at_checked(4))?,
    }
}

#[cfg(test)]
mod tests {
    use phonenumber::{
        Mode,
        metadata::{DATABASE, Descriptor},
    };

    use super::{GROUPS, NUMBERING_PLANS, NumberingPlan, international, spaced};

    #[test]
    fn a_space_behind_the_calling_code() {
        let numbers = [
            "+1 2025550123",
            "+7 4951234567",
            "+49 22897629900",
            "+81 312345678",
            "+98 2112345678",
            "+351 213456789",
            "+886 71234567",
            "+999 71234567",
        ];
        for number in numbers {
            assert_eq!(spaced(&number.replace(' ', "")), number);
        }
        for odd in ["", "+", "+2", "12", "+日本", "+49日本"] {
            assert_eq!(spaced(odd).replace(' ', ""), odd);
            assert_eq!(international(odd).replace(' ', ""), odd);
        }
    }

    #[test]
    fn groups_for_readers_abroad() {
        let numbers = [
            "+1 202 555 0123",
            "+7 495 123 45 67",
            "+49 228 97629900",
            "+81 3 3580 9300",
            "+39 06 6982 1234",
            "+55 11 3000 1234",
            "+54 9 11 2345 6789",
            "+800 1234 5678",
            // Of a length that its country has no groups for, and of no country.
            "+1 20255501",
            "+999 71234567",
        ];
        for number in numbers {
            assert_eq!(international(&number.replace(' ', "")), number);
        }
    }

    /// The tables say what the library says, so that they are made anew whenever its data changes.
    #[test]
    fn the_tables_are_those_of_the_library() {
        for (code, plan) in (0..).zip(NUMBERING_PLANS.iter()) {
            let library = DATABASE.by_code(&code).unwrap_or_default();
            let kinds = library.first().map(|it| it.descriptors());
            let kinds = kinds.into_iter().flat_map(|it| {
                let landlines = [it.fixed_line(), it.mobile(), it.toll_free(), it.premium_rate()];
                let others = [it.shared_cost(), it.personal_number(), it.voip(), it.pager()];
                [landlines, others, [it.uan(), it.voicemail(), None, None]].into_iter().flatten()
            });
            let kinds: Vec<_> = kinds.flatten().collect();
            let is_possible =
                |digits| kinds.iter().any(|it| it.possible_length().contains(&digits));
            let lengths: Vec<u16> = (1..32).filter(|it| is_possible(*it)).collect();
            let ours: Vec<u16> = plan.lengths().map(|it| it as u16).collect();
            assert_eq!(ours, lengths, "+{code}");
            let zero = |it: &&Descriptor| it.example().is_some_and(|it| it.starts_with('0'));
            assert!(plan.keeps_zero || !kinds.iter().any(zero), "+{code}");
        }
        let mut compared = 0;
        // Every beginning that the table tells apart, with whatever digits behind it and one of the lengths.
        for (at, (begin, _)) in (0..).zip(GROUPS.iter()) {
            let digits = format!("+{}", begin + at * 7_654_321 % 1_000_000_000);
            let Some((plan, rest)) = NumberingPlan::of(&digits) else { continue };
            let nth = usize::try_from(at).unwrap_or(0) % plan.lengths().count();
            let Some(length) = plan.lengths().nth(nth) else { continue };
            let number = &digits[..(digits.len() - rest.len() + length).min(digits.len())];
            let Ok(parsed) = phonenumber::parse(None, number) else { continue };
            if parsed.format().mode(Mode::E164).to_string() == number {
                let text = parsed.format().mode(Mode::International).to_string();
                assert_eq!(international(number), text.replace(['-', '.'], " "), "{begin}");
                compared += 1;
            }
        }
        assert!(compared > 7000, "{compared} of {}", GROUPS.len());
    }
}
