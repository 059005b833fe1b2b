//! From the log to the figures of the statistics pages. A share that rests on too few answers is not given as a percentage.
//!
//! `walk.rs` goes through the log once; the other files count what it shows them. Nothing is drawn or said here.

mod calibration;
mod counting;
mod forecast;
mod hard;
mod mastery;
mod retention;
mod share;
mod table;
#[cfg(test)]
mod tests;
mod walk;

use std::collections::{BTreeMap, HashMap};

use crate::domain::card::{CardKey, CardKind};
use crate::domain::memory::Schedule;
use crate::domain::review::Review;
use crate::domain::tag::Tag;
use crate::domain::time::Day;
use crate::study::scheduler::Scheduler;

pub use crate::study::stats::calibration::{
    CLEAR_POINTS, Calibration, EXPECTED_OF_SURE, GradeChoices, SureAndWrong, points_or_one,
};
pub use crate::study::stats::counting::{
    DayCount, QuizScore, RECENT_DAYS, TypicalSeconds, Way, minutes,
};
pub use crate::study::stats::forecast::Forecast;
pub use crate::study::stats::hard::HardCard;
pub use crate::study::stats::mastery::Mastery;
pub use crate::study::stats::retention::{ATTEMPTS, Bin, Retention};
pub use crate::study::stats::share::{Share, TOO_EARLY};
pub use crate::study::stats::walk::Stage;

use crate::study::stats::calibration::Judging;
use crate::study::stats::counting::Counting;
use crate::study::stats::hard::Hardness;
use crate::study::stats::mastery::{Days, Remembered};
use crate::study::stats::retention::Recalling;
use crate::study::stats::walk::{Answer, History, walk};

/// The days whose answers are counted. The heat map and what lies ahead do not depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Window {
    /// The last 30 days, today included.
    Month,
    /// The last 90 days, today included.
    Quarter,
    /// All.
    #[default]
    All,
}

impl Window {
    /// Every window, the shortest first.
    pub const ALL: [Self; 3] = [Self::Month, Self::Quarter, Self::All];

    /// The word of flags and files: `30`, `90` or `all`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Month => "30",
            Self::Quarter => "90",
            Self::All => "all",
        }
    }

    /// The number of days; none for all.
    pub const fn days(self) -> Option<i32> {
        match self {
            Self::Month => Some(30),
            Self::Quarter => Some(90),
            Self::All => None,
        }
    }

    /// The next one, round and round.
    pub const fn next(self) -> Self {
        match self {
            Self::Month => Self::Quarter,
            Self::Quarter => Self::All,
            Self::All => Self::Month,
        }
    }

    fn since(self, today: Day) -> Option<Day> {
        self.days().map(|days| today + (1 - days))
    }
}

/// What the statistics need to know of a card that the log only names.
#[derive(Clone, Copy, Debug)]
pub struct CardFacts<'a> {
    /// How it is asked.
    pub kind: CardKind,
    /// Its labels.
    pub tags: &'a [Tag],
    /// Its question's first line.
    pub title: &'a str,
}

/// A card that may be asked, as it stands now.
#[derive(Clone, Copy, Debug)]
pub struct CardNow<'a> {
    /// The card.
    pub key: &'a CardKey,
    /// Its labels.
    pub tags: &'a [Tag],
    /// Its schedule.
    pub schedule: Schedule,
    /// The day before which the user does not want it.
    pub not_before: Option<Day>,
    /// How much it counts; 1 is usual.
    pub weight: f32,
}

impl CardNow<'_> {
    fn due(&self) -> Option<Day> {
        let due = self.schedule.due()?;
        Some(self.not_before.map_or(due, |day| due.max(day)))
    }
}

/// What the figures are made from.
pub struct Material<'a, F> {
    /// The log without its voided entries, in any order.
    pub log: &'a [Review],
    /// Kind, labels and title of a card that still exists.
    pub facts: F,
    /// Every card that may be asked.
    pub cards: &'a [CardNow<'a>],
    /// The scheduler, with the parameters of this learner.
    pub scheduler: &'a Scheduler,
    /// Share of reviews that the learner wants to recall, 0 to 1.
    pub target: f32,
    /// Today.
    pub today: Day,
    /// The later day on which memory is looked at: the interview, or some weeks ahead.
    pub later: Day,
    /// The days whose answers are counted.
    pub window: Window,
    /// Cards that the plan to the interview asks on each day, today first; none without a plan.
    pub planned: Option<&'a [u32]>,
}

/// The figures of one tag.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct TagStats {
    /// Answers of any source.
    pub reviews: u32,
    /// Different cards that were answered.
    pub answered: u32,
    /// Seconds spent.
    pub seconds: f64,
    /// Recall as in [`Retention::recall`].
    pub recall: Share,
    /// Key points hit in answers that were called sure.
    pub sure: Share,
    /// How much of its cards is in memory.
    pub mastery: Mastery,
}

/// Everything that the statistics pages show.
#[derive(Clone, Debug, PartialEq)]
pub struct Stats {
    /// Today.
    pub today: Day,
    /// The days whose answers are counted.
    pub window: Window,
    /// Days in the window: for all, those since the first answer.
    pub span: u32,
    /// All answers of the log, whatever the window: the evidence for what is said of memory.
    pub evidence: u32,
    /// Answers of any source.
    pub reviews: u32,
    /// Different study days with at least one answer.
    pub days: u32,
    /// Seconds spent on answers, capped each as in the log.
    pub seconds: f64,
    /// Every day with an answer, whatever the window.
    pub calendar: BTreeMap<Day, DayCount>,
    /// Seconds on each of the last 14 days, the oldest first, today last.
    pub recent_seconds: [f64; RECENT_DAYS],
    /// Median answer times.
    pub typical: TypicalSeconds,
    /// What was recalled.
    pub retention: Retention,
    /// Share of reviews that the learner wants to recall, 0 to 1.
    pub target: f32,
    /// By confidence, the most sure first.
    pub calibration: [Calibration; 3],
    /// Cards that were sure and wrong in the last 30 days, the most frequent first.
    pub sure_and_wrong: Vec<SureAndWrong>,
    /// The learner's grades beside the proposed ones.
    pub grades: GradeChoices,
    /// Quizzes, the oldest first.
    pub quizzes: Vec<QuizScore>,
    /// By tag: every tag of a card that may be asked or was answered.
    pub tags: BTreeMap<Tag, TagStats>,
    /// How much of all cards is in memory.
    pub mastery: Mastery,
    /// The later day on which memory is looked at.
    pub later: Day,
    /// What comes up.
    pub forecast: Forecast,
    /// Cards that cost most, the costliest first.
    pub hard: Vec<HardCard>,
}

impl Stats {
    /// Counts.
    pub fn of<'a, F>(material: &Material<'a, F>) -> Self
    where
        F: Fn(&CardKey) -> Option<CardFacts<'a>>,
    {
        let Material { scheduler, today, window, .. } = *material;
        let mut sums = Sums::new(today);
        let since = window.since(today);
        let histories = walk(material.log, scheduler, since, &material.facts, |answer| {
            sums.take(answer, scheduler);
        });
        let mastery = sums.master(material, &histories);
        sums.finish(material, mastery)
    }

    /// Whole minutes spent in all.
    pub fn minutes(&self) -> u32 {
        minutes(self.seconds)
    }

    /// Whole minutes on each of the last 14 days, the oldest first.
    pub fn recent_minutes(&self) -> [u32; RECENT_DAYS] {
        self.recent_seconds.map(minutes)
    }

    /// By how many points the learner is over-confident (positive) or under-confident on cards called "sure",
    /// which should be right nine times in ten; `None` while it is too early.
    pub fn over_confidence(&self) -> Option<i16> {
        Some(EXPECTED_OF_SURE - i16::from(self.calibration[0].points.percent()?))
    }

    /// Whether there are too few answers to say anything of memory.
    pub const fn is_too_early(&self) -> bool {
        self.evidence < TOO_EARLY
    }

    /// Tags in which "sure" was right clearly less often than it should be, the worst first; only tags with 20 such
    /// answers.
    pub fn too_sure_tags(&self) -> Vec<(&Tag, u8)> {
        let mut tags: Vec<(&Tag, u8)> = self
            .tags
            .iter()
            .filter_map(|(tag, figures)| Some((tag, figures.sure.percent()?)))
            .filter(|(_, percent)| i16::from(*percent) + CLEAR_POINTS <= EXPECTED_OF_SURE)
            .collect();
        tags.sort_by_key(|(_, percent)| *percent);
        tags
    }

    /// Tags in the order of the page: studied ones by the time spent, then by number of cards.
    pub fn tags_in_order(&self) -> Vec<(&Tag, &TagStats)> {
        let mut tags: Vec<(&Tag, &TagStats)> = self.tags.iter().collect();
        tags.sort_by(|(_, one), (_, other)| {
            let seen = |it: &TagStats| it.mastery.seen > 0 || it.reviews > 0;
            (seen(other).cmp(&seen(one)))
                .then_with(|| other.seconds.total_cmp(&one.seconds))
                .then_with(|| other.mastery.cards.cmp(&one.mastery.cards))
        });
        tags
    }
}

/// The figures while the log is walked through.
struct Sums {
    evidence: u32,
    counting: Counting,
    recalling: Recalling,
    judging: Judging,
    hardness: Hardness,
    tags: BTreeMap<Tag, TagSum>,
}

#[derive(Default)]
struct TagSum {
    figures: TagStats,
    answered: std::collections::HashSet<CardKey>,
}

impl Sums {
    fn new(today: Day) -> Self {
        Self {
            evidence: 0,
            counting: Counting::default(),
            recalling: Recalling::default(),
            judging: Judging::new(today),
            hardness: Hardness::default(),
            tags: BTreeMap::new(),
        }
    }

    fn take(&mut self, answer: &Answer<'_>, scheduler: &Scheduler) {
        self.evidence += 1;
        self.counting.take(answer);
        self.recalling.take(answer, scheduler);
        self.judging.take(answer);
        self.hardness.take(answer);
        if answer.is_counted {
            self.tag(answer);
        }
    }

    fn tag(&mut self, answer: &Answer<'_>) {
        let recalled = answer.recalled().filter(|_| !answer.is_first_rating);
        for tag in answer.facts.map_or(&[][..], |facts| facts.tags) {
            let sum = self.tags.entry(tag.clone()).or_default();
            sum.figures.reviews += 1;
            sum.figures.seconds += f64::from(answer.seconds());
            sum.answered.insert(answer.review.key.clone());
            if let Some(recalled) = recalled {
                sum.figures.recall.count(recalled);
            }
        }
    }

    /// Adds up what is in memory, by tag and over all.
    fn master<F>(
        &mut self,
        material: &Material<'_, F>,
        histories: &HashMap<&CardKey, History>,
    ) -> Mastery {
        let days = Days { today: material.today, later: material.later };
        let mut all = Mastery::default();
        for card in material.cards {
            let remembered = Remembered::of(card, material.scheduler, days, histories);
            all.take(&remembered);
            for tag in card.tags {
                self.tags.entry(tag.clone()).or_default().figures.mastery.take(&remembered);
            }
        }
        all
    }

    fn finish<F>(self, material: &Material<'_, F>, mastery: Mastery) -> Stats {
        let Material { cards, target, today, later, window, planned, .. } = *material;
        let Self { evidence, counting, recalling, judging, hardness, tags } = self;
        let judged = judging.finish();
        let first = counting.first_day;
        let span = match window.days() {
            Some(days) => days.unsigned_abs(),
            None => first.map_or(0, |first| today.days_since(first) + 1),
        };
        let figures = |(tag, sum): (Tag, TagSum)| {
            let sure = judged.sure_by_tag.get(&tag).copied().unwrap_or_default();
            let answered = u32::try_from(sum.answered.len()).unwrap_or(u32::MAX);
            (tag, TagStats { answered, sure, ..sum.figures })
        };
        let recent_seconds = counting.recent(today);
        let (reviews, seconds) = (counting.reviews, counting.seconds);
        let days = u32::try_from(counting.days.len()).unwrap_or(u32::MAX);
        let calendar = counting.calendar.clone();
        let (typical, quizzes) = counting.finish();
        Stats {
            today,
            window,
            span,
            evidence,
            reviews,
            days,
            seconds,
            calendar,
            recent_seconds,
            typical,
            retention: recalling.finish(),
            target,
            tags: tags.into_iter().map(figures).collect(),
            calibration: judged.by_confidence,
            sure_and_wrong: judged.sure_and_wrong,
            grades: judged.grades,
            quizzes,
            mastery,
            later,
            forecast: Forecast::of(cards, today, planned),
            hard: hardness.finish(),
        }
    }
}
