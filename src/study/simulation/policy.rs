//! How the next card is chosen: by score before a date, or as other programs do, to be compared with.

/// How a learner chooses what to study.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Policy {
    /// The greatest gain of recall on the day per second first; nothing that gains less than `floor` questions a second.
    Score {
        /// Questions per second, 0 or more.
        floor: f32,
    },
    /// FSRS with due days: what is due in the order of due days, new cards up to a limit.
    Due(DueRules),
    /// SM-2 with due days.
    Sm2(Sm2Rules),
    /// Unseen cards first, then the lowest recall.
    LowestRecall,
}

/// Rules of scheduling by due days.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DueRules {
    /// Desired retention, above 0 and below 1.
    pub retention: f32,
    /// New cards a day.
    pub new_per_day: u32,
    /// Reviews a day.
    pub reviews_per_day: u32,
}

/// The two SM-2 schedules that are compared with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sm2Rules {
    /// Intervals as in the paper (1, 6, then times the ease); else as Anki's (graduating 1 or 4, then times the ease).
    pub is_classic: bool,
    /// New cards a day.
    pub new_per_day: u32,
}

impl DueRules {
    /// Anki's defaults with FSRS: desired retention .90, 20 new cards and 200 reviews a day (its manual, "Deck Options").
    pub const ANKI: Self = Self { retention: 0.90, new_per_day: 20, reviews_per_day: 200 };
}

impl Sm2Rules {
    /// The ease after a grade (1 to 4): SM-2's `EF + (0.1 - (5 - q)(0.08 + (5 - q) 0.02))` with q 2 to 5, or Anki's steps.
    pub(super) fn ease(self, ease: f32, grade: usize) -> f32 {
        if self.is_classic {
            let missing = [3.0, 2.0, 1.0, 0.0][grade];
            return (ease + 0.1 - missing * (0.08 + missing * 0.02)).max(1.3);
        }
        (ease + [-0.20, -0.15, 0.0, 0.15][grade]).max(1.3)
    }

    /// The next interval in days: `last` is the one before (0 for a first meeting), `meetings` counts earlier passes.
    pub(super) fn interval(self, last: f32, meetings: u32, ease: f32, grade: usize) -> f32 {
        if grade == 0 {
            return 1.0;
        }
        if self.is_classic {
            return match meetings {
                0 => 1.0,
                1 => 6.0,
                _ => (last * ease).ceil(),
            };
        }
        match (meetings, grade) {
            (0, 3) => 4.0,
            (0, _) => 1.0,
            (_, 1) => (last * 1.2).max(last + 1.0).round(),
            (_, 2) => (last * ease).max(last + 1.0).round(),
            _ => (last * ease * 1.3).max(last + 1.0).round(),
        }
    }
}
