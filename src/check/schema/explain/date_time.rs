//! The date and time that was meant by a text that is not written as RFC 3339 has it.

/// The same instant as RFC 3339 writes it (section 5.6), where there is one way to read the text: days as ISO 8601
/// has them, by week or by number too, or with dots as in Germany. A day before a month with a slash is as likely a
/// month before a day, and a time without its offset from UTC is no instant. Whether there is such a day, the
/// schema says.
pub(super) fn date_time(text: &str) -> Option<String> {
    // Below, texts are cut by bytes.
    let text = text.trim().is_ascii().then(|| text.trim().to_ascii_uppercase())?;
    let (date, time) = text.split_once(['T', ' ']).unwrap_or((&text, ""));
    let date = date_of(date)?;
    // A day alone is what people know. Midnight in UTC is the instant that stands for it everywhere.
    let time = if time.is_empty() { "00:00:00Z".to_owned() } else { time_of(time.trim())? };
    Some(format!("{date}T{time}"))
}

/// The numbers of a text with single separators between them, if these are all there is.
fn numbers(text: &str, separator: char) -> Option<Vec<&str>> {
    let parts: Vec<&str> = text.split(separator).collect();
    let is_number = |part: &&str| !part.is_empty() && part.bytes().all(|it| it.is_ascii_digit());
    parts.iter().all(is_number).then_some(parts)
}

/// The day as year, month and day of the month.
fn date_of(text: &str) -> Option<String> {
    if let Some((year, week)) = text.split_once('W') {
        let week = week.replace('-', "");
        let (week, day) = week.split_at_checked(2)?;
        let year = year.trim_end_matches('-').parse().ok()?;
        return day_of_week(year, week.parse().ok()?, day.parse().ok()?);
    }
    for separator in ['-', '/', '.'] {
        match numbers(text, separator).as_deref() {
            Some([year, month, day]) if year.len() == 4 => {
                return Some(format!("{year}-{month:0>2}-{day:0>2}"));
            }
            Some([day, month, year]) if year.len() == 4 && separator == '.' => {
                return Some(format!("{year}-{month:0>2}-{day:0>2}"));
            }
            Some([year, day]) if separator == '-' && (year.len(), day.len()) == (4, 3) => {
                return day_of_year(year.parse().ok()?, day.parse().ok()?);
            }
            _ => {}
        }
    }
    let [date] = numbers(text, '-')?[..] else { return None };
    (date.len() == 8).then(|| format!("{}-{}-{}", &date[..4], &date[4..6], &date[6..]))
}

/// The time with seconds and its offset from UTC by hours and minutes.
fn time_of(text: &str) -> Option<String> {
    let at = text.find(['Z', '+', '-'])?;
    let (time, offset) = (text[..at].trim(), &text[at..]);
    let time = if time.matches(':').count() == 1 { format!("{time}:00") } else { time.to_owned() };
    let offset = match offset.len() {
        3 => format!("{offset}:00"),
        5 if !offset.contains(':') => format!("{}:{}", &offset[..3], &offset[3..]),
        _ => offset.to_owned(),
    };
    Some(time + &offset)
}

/// Whether February has 29 days.
fn is_leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// The day of the week by which a year of the Gregorian calendar begins, from 1 for Monday.
fn first_weekday(year: i32) -> i32 {
    let before = year - 1;
    (before + before / 4 - before / 100 + before / 400) % 7 + 1
}

/// A day of a week of ISO 8601, whose first week has the fourth of January in it.
fn day_of_week(year: i32, week: i32, day: i32) -> Option<String> {
    if !(1..=9998).contains(&year) || !(1..=53).contains(&week) || !(1..=7).contains(&day) {
        return None;
    }
    let first = first_weekday(year);
    // A year has 53 weeks if it begins on a Thursday, or on a Wednesday and is a leap year.
    if week == 53 && first != 4 && (first != 3 || !is_leap(year)) {
        return None;
    }
    let fourth = (first + 2) % 7 + 1;
    let number = week * 7 + day - fourth - 3;
    let days = |year| if is_leap(year) { 366 } else { 365 };
    match number {
        ..1 => day_of_year(year - 1, number + days(year - 1)),
        _ if number > days(year) => day_of_year(year + 1, number - days(year)),
        _ => day_of_year(year, number),
    }
}

/// A day by its number in the year, from 1.
fn day_of_year(year: i32, number: i32) -> Option<String> {
    let february = if is_leap(year) { 29 } else { 28 };
    let mut rest = number;
    for (month, days) in (1..).zip([31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]) {
        if (1..=days).contains(&rest) {
            return Some(format!("{year:04}-{month:02}-{rest:02}"));
        }
        rest -= days;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::date_time;

    #[test]
    fn what_was_meant() {
        let cases = [
            ("2025-01-31", "2025-01-31T00:00:00Z"),
            // The weeks at the ends of years are those of ISO 8601's own examples.
            ("2025-W05-5", "2025-01-31T00:00:00Z"),
            ("2009-W01-1", "2008-12-29T00:00:00Z"),
            ("2009-W53-7", "2010-01-03T00:00:00Z"),
            ("2008W527", "2008-12-28T00:00:00Z"),
            ("2025-031", "2025-01-31T00:00:00Z"),
            ("2024-366", "2024-12-31T00:00:00Z"),
            ("20250131", "2025-01-31T00:00:00Z"),
            ("2025/1/31", "2025-01-31T00:00:00Z"),
            ("31.1.2025", "2025-01-31T00:00:00Z"),
            ("2025-01-31 10:00Z", "2025-01-31T10:00:00Z"),
            ("2025-01-31t10:00:00.5+0100", "2025-01-31T10:00:00.5+01:00"),
            ("2025-01-31 10:00:00 -05", "2025-01-31T10:00:00-05:00"),
        ];
        for (text, meant) in cases {
            assert_eq!(date_time(text).as_deref(), Some(meant), "{text}");
        }
        let none = [
            "2025-01-31T10:00Z \u{202c}",
            "01/02/2025",
            "2025-01",
            "2025",
            "2025-W54-1",
            "2025-W53-1",
            "2025-W05",
            "2025-366",
        ];
        for text in none.into_iter().chain(["2025-01-31T10:00:00", "yesterday", "", "Jan 31, 2025"])
        {
            assert_eq!(date_time(text), None, "{text}");
        }
    }
}
