//! How many cards are due on each day, so that a new due day can go where there is least to do.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use crate::domain::memory::Schedule;
use crate::domain::time::Day;

/// Cards due by day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loads(HashMap<Day, u32>);

impl Loads {
    /// Counts schedules by their due days.
    pub fn of<'a>(schedules: impl Iterator<Item = &'a Schedule>) -> Self {
        let mut loads = Self::default();
        for day in schedules.filter_map(Schedule::due) {
            *loads.0.entry(day).or_default() += 1;
        }
        loads
    }

    /// Takes over that a card's schedule changed.
    pub fn moved(&mut self, before: &Schedule, after: &Schedule) {
        if let Some(count) = before.due().and_then(|day| self.0.get_mut(&day)) {
            *count = count.saturating_sub(1);
        }
        if let Some(day) = after.due() {
            *self.0.entry(day).or_default() += 1;
        }
    }

    /// Of the days `range` days after `today`, the one on which fewest cards are due; of several, the one nearest to
    /// where `fraction` (0 to 1) of the range points.
    pub fn lightest(&self, today: Day, range: RangeInclusive<i32>, fraction: f32) -> i32 {
        let (low, high) = (*range.start(), *range.end());
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            reason = "a fuzz range has at most some thousand days"
        )]
        let pointed = low + (fraction * (high - low + 1) as f32).floor() as i32;
        let pointed = pointed.clamp(low, high.max(low));
        let load = |days: i32| self.0.get(&(today + days)).copied().unwrap_or(0);
        range.min_by_key(|days| (load(*days), days.abs_diff(pointed))).unwrap_or(pointed)
    }
}

#[cfg(test)]
mod tests {
    use super::Loads;
    use crate::domain::memory::Schedule;
    use crate::domain::time::Day;

    fn due(day: i32) -> Schedule {
        Schedule::New { wanted: Some(Day(day)) }
    }

    #[test]
    fn a_card_goes_where_least_is_due() {
        let schedules = [due(10), due(10), due(11), due(13)];
        let loads = Loads::of(schedules.iter());
        assert_eq!(loads.lightest(Day(0), 10..=13, 0.0), 12);
        assert_eq!(loads.lightest(Day(0), 10..=11, 0.0), 11);
    }

    #[test]
    fn where_all_days_are_alike_the_fuzz_decides() {
        let loads = Loads::default();
        assert_eq!(loads.lightest(Day(0), 10..=13, 0.0), 10);
        assert_eq!(loads.lightest(Day(0), 10..=13, 0.99), 13);
        assert_eq!(loads.lightest(Day(0), 5..=5, 0.7), 5);
    }

    #[test]
    fn a_move_takes_the_card_from_its_old_day() {
        let mut loads = Loads::of([due(10)].iter());
        loads.moved(&due(10), &due(11));
        assert_eq!(loads, {
            let mut wanted = Loads::of([due(11)].iter());
            wanted.0.insert(Day(10), 0);
            wanted
        });
    }
}
