//! What comes up on each of the next days, if every card is asked on its day.

use crate::domain::time::Day;
use crate::study::stats::CardNow;

/// Days that are looked ahead, today included.
pub const FORECAST_DAYS: usize = 30;

/// What comes up on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DueDay {
    /// The day.
    pub day: Day,
    /// Cards due on it; on the first day also those that are overdue.
    pub cards: u32,
    /// Cards that the plan to the interview asks on it; none without a plan.
    pub planned: Option<u32>,
}

/// The next days.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Forecast {
    /// The next 30 days, today first.
    pub days: Vec<DueDay>,
    /// Cards of the first day that were due before it.
    pub overdue: u32,
    /// Cards due after those days.
    pub afterwards: u32,
    /// Cards that were never asked and that nobody asked for.
    pub unseen: u32,
}

impl Forecast {
    pub(super) fn of(cards: &[CardNow<'_>], today: Day, planned: Option<&[u32]>) -> Self {
        let length = i32::try_from(FORECAST_DAYS).unwrap_or(i32::MAX);
        // A day that the plan does not reach asks nothing.
        let planned = |ahead: i32| {
            let index = usize::try_from(ahead).unwrap_or(usize::MAX);
            planned.and_then(|days| days.get(index).copied())
        };
        let day = |ahead| DueDay { day: today + ahead, cards: 0, planned: planned(ahead) };
        let mut forecast = Self { days: (0..length).map(day).collect(), ..Self::default() };
        for card in cards {
            let Some(due) = card.due() else {
                forecast.unseen += 1;
                continue;
            };
            forecast.overdue += u32::from(due < today);
            let ahead = usize::try_from(due.days_since(today)).unwrap_or(usize::MAX);
            match forecast.days.get_mut(ahead) {
                Some(day) => day.cards += 1,
                None => forecast.afterwards += 1,
            }
        }
        forecast
    }

    /// Whether a plan lies beside.
    pub fn has_plan(&self) -> bool {
        self.days.iter().any(|day| day.planned.is_some())
    }
}
