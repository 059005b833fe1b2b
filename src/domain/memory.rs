//! What is known of a learner's memory: of one card, when it comes next, and the parameters that hold for all cards.

use std::fmt;

use crate::domain::time::{Day, Timestamp};

/// Stability and difficulty as FSRS defines them
/// (<https://github.com/open-spaced-repetition/fsrs4anki/wiki/The-Algorithm>).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MemoryState {
    /// Days after which recall has fallen to 90 %; above 0.
    pub stability: f32,
    /// 1 (easy) to 10 (hard).
    pub difficulty: f32,
}

/// Where a seen card stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CardState {
    /// Failed at first sight, not recalled yet.
    Learning,
    /// Recalled; comes back on its due day.
    Review,
    /// Forgotten after it had been recalled, not recalled again yet.
    Relearning,
}

/// What a card's history amounts to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// Where it stands.
    pub state: CardState,
    /// Stability and difficulty.
    pub memory: MemoryState,
    /// The day on which it was first rated.
    pub first_day: Day,
    /// The day of the last rating.
    pub last_day: Day,
    /// The time of the last rating.
    pub last_at: Timestamp,
    /// The day on which it comes again.
    pub due: Day,
    /// Number of ratings.
    pub reviews: u32,
    /// How often it was forgotten after it had been recalled.
    pub lapses: u32,
}

/// When a card is met next after a grade, as the buttons say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextMeeting {
    /// On that day.
    On(Day),
    /// Not before that day, the interview's: other cards gain more until then.
    NotBefore(Day),
}

/// When a card comes next, and on what evidence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Schedule {
    /// Never rated.
    New {
        /// The day for which it was asked for all the same, as after a wrong quiz answer.
        wanted: Option<Day>,
    },
    /// Rated at least once.
    Seen(Progress),
}

impl Schedule {
    /// A card that nothing is known of.
    pub const UNSEEN: Self = Self::New { wanted: None };

    /// The day on which the card is due; none for a new card that nobody asked for.
    pub const fn due(&self) -> Option<Day> {
        match self {
            Self::New { wanted } => *wanted,
            Self::Seen(progress) => Some(progress.due),
        }
    }

    /// Whether the card was never rated.
    pub const fn is_new(&self) -> bool {
        matches!(self, Self::New { .. })
    }

    /// The progress of a seen card.
    pub const fn progress(&self) -> Option<&Progress> {
        match self {
            Self::New { .. } => None,
            Self::Seen(progress) => Some(progress),
        }
    }
}

/// The 21 parameters of FSRS-6, which say how fast this learner learns and forgets
/// (<https://github.com/open-spaced-repetition/fsrs4anki/wiki/The-Algorithm>). Each lies within its range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parameters([f32; 21]);

impl Parameters {
    /// Those of the average learner, with which everybody begins.
    pub const DEFAULT: Self = Self([
        0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796,
        1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
    ]);

    /// The lowest and the highest value of each, as the FSRS crate brings them inside when it trains.
    pub const RANGES: [(f32, f32); 21] = [
        (0.001, 100.0),
        (0.001, 100.0),
        (0.001, 100.0),
        (0.001, 100.0),
        (1.0, 10.0),
        (0.001, 4.0),
        (0.001, 4.0),
        (0.001, 0.75),
        (0.0, 4.5),
        (0.0, 0.8),
        (0.001, 3.5),
        (0.001, 5.0),
        (0.001, 0.25),
        (0.001, 0.9),
        (0.0, 4.0),
        (0.0, 1.0),
        (1.0, 6.0),
        (0.0, 2.0),
        (0.0, 2.0),
        (0.0, 0.8),
        (0.1, 0.8),
    ];

    /// These values, each brought into its range; none if one is not a number.
    pub fn clamped(values: [f32; 21]) -> Option<Self> {
        let is_usable = values.iter().all(|value| value.is_finite());
        let into_range = |index: usize| {
            let (low, high) = Self::RANGES[index];
            values[index].clamp(low, high)
        };
        is_usable.then(|| Self(std::array::from_fn(into_range)))
    }

    /// Reads what [`fmt::Display`] writes: 21 numbers with commas or spaces between them, each within its range.
    pub fn parse(text: &str) -> Option<Self> {
        let words = text.split([',', ' ', '\t']).filter(|word| !word.is_empty());
        let values: Vec<f32> = words.map(str::parse).collect::<Result<_, _>>().ok()?;
        let values: [f32; 21] = values.try_into().ok()?;
        Self::clamped(values).filter(|inside| *inside == Self(values))
    }

    /// The values in the order of the model: `w0` to `w20`.
    pub const fn values(&self) -> &[f32; 21] {
        &self.0
    }

    /// How steeply recall falls in the long run, `w20`: 0.1 to 0.8.
    pub const fn decay(&self) -> f32 {
        self.0[20]
    }
}

impl fmt::Display for Parameters {
    /// A line that [`Self::parse`] reads again without loss.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, value) in self.0.iter().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            write!(f, "{comma}{value}")?;
        }
        Ok(())
    }
}

/// One attempt to find the learner's own parameters, or a return to the default ones: an entry of the log of fits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    /// When.
    pub at: Timestamp,
    /// Repeated reviews that were counted: the next attempt comes when they have doubled.
    pub reviews: u32,
    /// Whether other parameters hold since then.
    pub accepted: bool,
    /// Log loss on the newest reviews with the parameters in use, lower is better; none where nothing was compared.
    pub before: Option<f64>,
    /// The same with the parameters that were found.
    pub after: Option<f64>,
    /// The parameters that hold since then if it was accepted; none for the default ones.
    pub parameters: Option<Parameters>,
}

#[cfg(test)]
mod tests {
    use super::Parameters;

    #[test]
    fn parameters_come_back_from_their_line_without_loss() {
        let odd = Parameters::clamped(std::array::from_fn(|index| {
            let (low, high) = Parameters::RANGES[index];
            low + (high - low) / 3.0
        }))
        .expect("numbers");
        for parameters in [Parameters::DEFAULT, odd] {
            let line = parameters.to_string();
            assert_eq!(Parameters::parse(&line), Some(parameters), "{line}");
            assert_eq!(Parameters::parse(&line.replace(',', "")), Some(parameters), "{line}");
        }
    }

    #[test]
    fn a_line_that_is_no_set_of_parameters_is_refused() {
        let line = Parameters::DEFAULT.to_string();
        let too_flat = line.replace("0.1542", "0.05");
        for text in ["", "1", &line[..line.len() - 8], &format!("{line}, 1"), &too_flat, "NaN"] {
            assert_eq!(Parameters::parse(text), None, "{text}");
        }
        assert_eq!(Parameters::parse(&line.replace("0.1542", "NaN")), None);
    }

    #[test]
    fn values_outside_their_range_are_brought_inside() {
        let wild = Parameters::clamped([1000.0; 21]).expect("numbers");
        assert!((wild.decay() - 0.8).abs() < f32::EPSILON);
        let wild = Parameters::clamped([-1000.0; 21]).expect("numbers");
        assert!((wild.decay() - 0.1).abs() < f32::EPSILON);
        assert_eq!(Parameters::clamped([f32::NAN; 21]), None);
        let default = Parameters::DEFAULT;
        assert_eq!(Parameters::clamped(*default.values()), Some(default));
    }
}
