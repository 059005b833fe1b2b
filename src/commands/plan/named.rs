//! What flags say about interviews and minutes, and what becomes of the ones that are known.

use unicode_normalization::UnicodeNormalization;

use crate::commands::filter::{nearest, tag_named};
use crate::commands::output::{self, UsageError};
use crate::domain::interview::{Interview, Preparation, StudyTime};
use crate::domain::tag::Tag;
use crate::domain::time::{ClockTime, Day};
use crate::trainer::Trainer;

/// The flags that name an interview. What is not said stays as it is; an empty word takes it away.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Words {
    /// The date of the interview: 2026-12-06, +14, 2w, 12/6 or 12월 6일; a time may follow
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub date: Option<String>,
    /// Its time of day: 14:00, 2pm or 오후 2시
    #[arg(long, value_name = "TIME")]
    pub time: Option<String>,
    /// The role: devops, sre, cloud, platform, or another name
    #[arg(long, value_name = "ROLE")]
    pub role: Option<String>,
    /// The company
    #[arg(long, value_name = "COMPANY")]
    pub company: Option<String>,
    /// The tags in focus (k8s, 쿠버네티스 and kubernetes are the same)
    #[arg(short, long, value_delimiter = ',', value_name = "TAG")]
    pub tag: Vec<String>,
}

impl Words {
    /// Whether any of them was given.
    pub fn says_something(&self) -> bool {
        let said = [&self.date, &self.time, &self.role, &self.company];
        said.iter().any(|word| word.is_some()) || !self.tag.is_empty()
    }
}

/// What is known of tags and roles.
pub struct Known<'a> {
    trainer: &'a Trainer,
}

impl<'a> Known<'a> {
    /// The labels and cards of a trainer.
    pub const fn of(trainer: &'a Trainer) -> Self {
        Self { trainer }
    }

    fn tags(&self, words: &[String]) -> anyhow::Result<Vec<Tag>> {
        let mut tags = Vec::new();
        for word in words.iter().filter(|word| !word.trim().is_empty()) {
            let tag = tag_named(word, self.trainer)?;
            if !tags.contains(&tag) {
                tags.push(tag);
            }
        }
        Ok(tags)
    }

    /// A known role by its slug, any other as it is written.
    fn role(&self, word: &str) -> String {
        let labels = self.trainer.labels();
        let role = labels.role(word).0;
        if labels.roles.iter().any(|label| label.slug == role) {
            return role;
        }
        let role = output::one_line(word);
        if !role.is_empty() {
            let known = labels.roles.iter().map(|label| label.slug.as_str());
            let near = nearest(&role, known, "prep list --help");
            output::note(&format!("`{role}` is no known role{near}; cards of every role count"));
        }
        role
    }
}

/// What the learner prepares for, while flags change it.
pub struct Change(pub Preparation);

impl Change {
    /// Names an interview: a further one, or what the nearest one is from now on.
    pub fn name(
        &mut self,
        words: &Words,
        is_further: bool,
        known: &Known<'_>,
        (today, at): (Day, ClockTime),
    ) -> anyhow::Result<()> {
        let nearest = if is_further { None } else { self.0.interviews.first().cloned() };
        let when = words.date.as_deref().map(|text| when_of(text, today)).transpose()?;
        let Some(day) = when.map(|(day, _)| day).or(nearest.as_ref().map(|it| it.day)) else {
            let why = "no interview is named yet; write its date, such as --date 2026-12-06";
            return Err(UsageError(why.to_owned()).into());
        };
        let mut interview = nearest.unwrap_or_else(|| Interview {
            day,
            time: None,
            company: String::new(),
            role: String::new(),
            tags: Vec::new(),
        });
        interview.day = day;
        if let Some((_, Some(time))) = when {
            interview.time = Some(time);
        }
        if let Some(text) = &words.time {
            interview.time = time_of(text)?;
        }
        if interview.is_over(today, at) {
            let why = format!("{} is past; name a time to come", when_said(&interview));
            return Err(UsageError(why).into());
        }
        if !words.tag.is_empty() {
            interview.tags = known.tags(&words.tag)?;
        }
        if let Some(role) = &words.role {
            interview.role = known.role(role);
        }
        if let Some(company) = &words.company {
            interview.company = output::one_line(&company.nfc().collect::<String>());
        }
        if !is_further && !self.0.interviews.is_empty() {
            self.0.interviews.remove(0);
        }
        self.0.interviews.push(interview);
        Ok(())
    }

    /// Forgets an interview by its number, from 1, or its date.
    pub fn remove(&mut self, which: &str, today: Day) -> anyhow::Result<()> {
        let number = which.trim().parse::<usize>().ok();
        let place = match number {
            Some(number) => number.checked_sub(1).filter(|place| *place < self.0.interviews.len()),
            None => {
                let (day, _) = when_of(which, today)?;
                self.0.interviews.iter().position(|interview| interview.day == day)
            }
        };
        let Some(place) = place else {
            let named: Vec<String> = (1..)
                .zip(&self.0.interviews)
                .map(|(number, interview)| format!("{number} ({})", when_said(interview)))
                .collect();
            let why = if named.is_empty() {
                "no interview is named".to_owned()
            } else {
                format!("there is no interview `{which}`; named are {}", named.join(", "))
            };
            return Err(UsageError(why).into());
        };
        self.0.interviews.remove(place);
        Ok(())
    }

    /// Takes days off, and takes others back; days off that are past are forgotten.
    pub fn take_off(&mut self, off: &[String], on: &[String], today: Day) -> anyhow::Result<()> {
        let (off, on) = (days_of(off, today)?, days_of(on, today)?);
        let days = &mut self.0.time.days_off;
        days.extend(off);
        days.retain(|day| !on.contains(day) && *day >= today);
        days.sort_unstable();
        days.dedup();
        Ok(())
    }
}

/// A date to come, with its time if it has one.
fn when_of(text: &str, today: Day) -> anyhow::Result<(Day, Option<ClockTime>)> {
    let (day, time) = Interview::when_from_words(text, today).ok_or_else(|| {
        UsageError(format!("`{text}` is no date; write 2026-12-06, +14, 2w or 12/6"))
    })?;
    if day < today {
        return Err(UsageError(format!("{} is past; name a day to come", day.iso())).into());
    }
    Ok((day, time))
}

/// A time of day; none for an empty word.
fn time_of(text: &str) -> anyhow::Result<Option<ClockTime>> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let time = ClockTime::from_words(text);
    let why = || UsageError(format!("`{text}` is no time; write 14:00, 2pm or 오후 2시"));
    Ok(Some(time.ok_or_else(why)?))
}

/// Minutes on Monday to Sunday.
pub fn minutes_of(text: &str) -> anyhow::Result<[u32; 7]> {
    let minutes = StudyTime::minutes_from_words(text);
    let why = || {
        UsageError(format!(
            "`{text}` are no minutes; write 45, or 45,60 for weekdays and weekend, or seven numbers from Monday; each 0 to 1440"
        ))
    };
    Ok(minutes.ok_or_else(why)?)
}

/// Days to come.
pub fn days_of(words: &[String], today: Day) -> anyhow::Result<Vec<Day>> {
    let words = words.iter().filter(|word| !word.trim().is_empty());
    words.map(|word| Ok(when_of(word, today)?.0)).collect()
}

fn when_said(interview: &Interview) -> String {
    let date = interview.day.iso();
    interview.time.map_or(date.clone(), |time| format!("{date} {time}"))
}
