//! Opening hours in schema.org's terms, which know days of the week, public holidays and times of the day. What
//! OpenStreetMap's syntax says beyond that (months, weeks, sunrise, comments) schema.org has no place for, and hours
//! without their conditions would be wrong ones: then there is nothing.

use serde_json::{Map, Value, json};

/// What schema.org calls the days (DayOfWeek), in the order of OpenStreetMap's abbreviations.
const DAYS: [(&str, &str); 8] = [
    ("Mo", "Monday"),
    ("Tu", "Tuesday"),
    ("We", "Wednesday"),
    ("Th", "Thursday"),
    ("Fr", "Friday"),
    ("Sa", "Saturday"),
    ("Su", "Sunday"),
    ("PH", "PublicHolidays"),
];
/// The position of public holidays, behind the days of the week.
const HOLIDAYS: usize = 7;

/// A word for closed.
const OFF: &str = "off";
/// Another one.
const CLOSED: &str = "closed";
/// The end of a day. schema.org's times have no 24:00, and readers take this for it ("Opening hours" in Google's
/// documentation of local businesses).
const LAST: u16 = 23 * 60 + 59;

/// From when to when, in minutes since midnight; an end before the beginning is on the next day.
type Times = Vec<[u16; 2]>;

/// The hours as a list of schema.org's OpeningHoursSpecification; `None` where they say more than it can.
pub(super) fn specifications(hours: &str) -> Option<Vec<Value>> {
    // Nothing for a day that is not named; no times for one that is named as closed.
    let mut week: [Option<Times>; 8] = Default::default();
    for rule in hours.split(';') {
        let (days, times) = rule_of(rule.trim())?;
        // A later rule for a day of the week is for the holidays on that day as well, which schema.org cannot say.
        if week[HOLIDAYS].is_some() && !days[HOLIDAYS] {
            return None;
        }
        for (day, _) in week.iter_mut().zip(days).filter(|(_, is_named)| *is_named) {
            // A later rule takes the place of an earlier one.
            *day = Some(times.clone());
        }
    }
    let mut written: Vec<&Times> = Vec::new();
    let mut list = Vec::new();
    for times in week.iter().flatten() {
        if written.contains(&times) {
            continue;
        }
        written.push(times);
        let same = DAYS.iter().zip(&week).filter(|(_, other)| other.as_ref() == Some(times));
        let days: Vec<String> =
            same.map(|((_, name), _)| format!("https://schema.org/{name}")).collect();
        // Closed is what has no times (schema.org/OpeningHoursSpecification).
        list.extend(times.is_empty().then(|| specification(&days, None)));
        list.extend(times.iter().map(|times| specification(&days, Some(*times))));
    }
    Some(list)
}

/// These days, with one pair of times.
fn specification(days: &[String], times: Option<[u16; 2]>) -> Value {
    let mut members = Map::new();
    members.insert("@type".into(), json!("OpeningHoursSpecification"));
    members.insert("dayOfWeek".into(), json!(days));
    if let Some(times) = times {
        let clock = |minutes: u16| json!(format!("{:02}:{:02}", minutes / 60, minutes % 60));
        members.insert("opens".into(), clock(times[0]));
        members.insert("closes".into(), clock(times[1]));
    }
    Value::Object(members)
}

/// One rule, such as "Mo-Fr 09:00-12:00,13:00-17:00": its days and its times.
fn rule_of(rule: &str) -> Option<([bool; 8], Times)> {
    // Days stand in front of the times, or of the word for none.
    let at = match rule.strip_suffix(OFF).or_else(|| rule.strip_suffix(CLOSED)) {
        Some(days) => days.len(),
        None => rule.find(|it: char| it.is_ascii_digit())?,
    };
    let (days, times) = rule.split_at(at);
    let days = match days.trim() {
        // Every day; a holiday is on one of them.
        "" => [true; 8],
        days => named_days(days)?,
    };
    let times = match times {
        OFF | CLOSED => Times::new(),
        "24/7" => vec![[0, LAST]],
        times => times.split(',').map(|it| range(it.trim())).collect::<Option<Times>>()?,
    };
    Some((days, times))
}

/// Days such as "Mo,We-Fr,PH".
fn named_days(text: &str) -> Option<[bool; 8]> {
    let day = |text: &str| DAYS.iter().position(|(short, _)| *short == text.trim());
    let mut days = [false; 8];
    for part in text.split(',') {
        match part.split_once('-') {
            None => days[day(part)?] = true,
            Some((first, last)) => {
                let (first, last) = (day(first)?, day(last)?);
                if first == HOLIDAYS || last == HOLIDAYS {
                    return None;
                }
                // A range may go over the end of the week: "Sa-Mo".
                let count = (last + HOLIDAYS - first) % HOLIDAYS;
                (0..=count).for_each(|more| days[(first + more) % HOLIDAYS] = true);
            }
        }
    }
    Some(days)
}

/// Times such as "09:00-17:00".
fn range(text: &str) -> Option<[u16; 2]> {
    let (from, to) = text.split_once('-')?;
    let (from, to) = (minutes(from)?, minutes(to)?);
    let to = if to == 24 * 60 { LAST } else { to };
    (from <= LAST && to <= LAST && from != to).then_some([from, to])
}

/// Minutes since midnight.
fn minutes(text: &str) -> Option<u16> {
    let (hours, minutes) = text.trim().split_once(':')?;
    let number = |text: &str, most: u16| -> Option<u16> {
        let is_digits = text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse().ok().filter(|it| is_digits && *it <= most)
    };
    (minutes.len() == 2).then_some(number(hours, 24)? * 60 + number(minutes, 59)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Days without what stands in front of all of them, with their times.
    fn said(hours: &str) -> Option<String> {
        let lines = specifications(hours)?.into_iter().map(|it| {
            let days = it["dayOfWeek"].as_array().into_iter().flatten();
            let days = days.map(|it| it.as_str().and_then(|it| it.rsplit('/').next()));
            let days: Vec<&str> = days.map(Option::unwrap_or_default).collect();
            match (it["opens"].as_str(), it["closes"].as_str()) {
                (Some(opens), Some(closes)) => format!("{} {opens}-{closes}", days.join(" ")),
                _ => format!("{} closed", days.join(" ")),
            }
        });
        Some(lines.collect::<Vec<_>>().join("; "))
    }

    #[test]
    fn what_fits_is_carried() {
        let cases = [
            ("Tu 09:00-17:00", "Tuesday 09:00-17:00"),
            ("Sa-Mo 9:00-17:00", "Monday Saturday Sunday 09:00-17:00"),
            ("Mo,We , Fr 09:00-24:00", "Monday Wednesday Friday 09:00-23:59"),
            ("Tu 09:00-12:00,13:00-17:00", "Tuesday 09:00-12:00; Tuesday 13:00-17:00"),
            ("Tu 09:00-12:00; PH off", "Tuesday 09:00-12:00; PublicHolidays closed"),
            ("Tu 09:00-12:00; Su,PH closed", "Tuesday 09:00-12:00; Sunday PublicHolidays closed"),
            ("Tu-We 09:00-12:00; We off", "Tuesday 09:00-12:00; Wednesday closed"),
            ("Tu-We 09:00-12:00; We 10:00-11:00", "Tuesday 09:00-12:00; Wednesday 10:00-11:00"),
            ("Fr 22:00-02:00", "Friday 22:00-02:00"),
        ];
        for (hours, expected) in cases {
            assert_eq!(said(hours).as_deref(), Some(expected), "{hours}");
        }
        let all = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday PublicHolidays";
        assert_eq!(said("24/7"), Some(format!("{all} 00:00-23:59")));
        assert_eq!(said("10:00-11:00"), Some(format!("{all} 10:00-11:00")));
    }

    #[test]
    fn what_says_more_is_left_out() {
        let cases = [
            "Apr-Sep Mo-Fr 09:00-17:00",
            "week 01-20 Mo 09:00-17:00",
            "Mo-Fr 09:00-sunset",
            "Mo-Fr 09:00-17:00 \"by appointment\"",
            "\"by appointment\"",
            "Mo[1] 09:00-17:00",
            "Mo-Fr 09:00+",
            "Mo-Fr 09:00-26:00",
            "Mo 09:00-12:00, Tu 10:00-12:00",
            "Mo 09:00-12:00 || Tu 10:00-12:00",
            "PH off; Mo-Fr 09:00-17:00",
            "SH 09:00-12:00",
            "2026 Dec 24 off",
            "Mo-PH 09:00-12:00",
            "Mo-Fr 09:00-17:00;",
            "Mo-Fr 09:00-09:00",
            "Mo-Fr +9:00-17:00",
            "Mo-Fr",
            "Bürozeiten",
        ];
        for hours in cases {
            assert_eq!(said(hours), None, "{hours}");
        }
    }
}
