//! Hits among tries, and how much a share of few tries can be trusted.

/// Answers below which a percentage would pretend to know something.
pub const TOO_EARLY: u32 = 20;

/// Hits among a number of tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Share {
    /// How many were hits.
    pub hits: u32,
    /// How many there were.
    pub total: u32,
    /// How many answers they come from: the evidence.
    pub answers: u32,
}

impl Share {
    /// Whole percent, 0 to 100; `None` ("too early to say") under 20 answers.
    pub fn percent(self) -> Option<u8> {
        if self.is_too_early() {
            return None;
        }
        let percent =
            (u64::from(self.hits) * 200 + u64::from(self.total)) / (u64::from(self.total) * 2);
        u8::try_from(percent.min(100)).ok()
    }

    /// The share, 0 to 1; `None` under 20 answers.
    pub fn share(self) -> Option<f64> {
        (!self.is_too_early()).then(|| f64::from(self.hits) / f64::from(self.total))
    }

    /// Whether there is too little to give a percentage.
    pub const fn is_too_early(self) -> bool {
        self.answers < TOO_EARLY || self.total == 0
    }

    /// Where the true share lies with 95 % confidence, 0 to 1: the score interval of E. B. Wilson, "Probable
    /// inference, the law of succession, and statistical inference", JASA 22 (1927), 209-212. It stays inside
    /// 0 to 1 and is honest for few tries. All of 0 to 1 without any.
    pub fn interval(self) -> (f64, f64) {
        const Z: f64 = 1.959_963_984_540_054;
        if self.total == 0 {
            return (0.0, 1.0);
        }
        let n = f64::from(self.total);
        let share = f64::from(self.hits) / n;
        let square = Z * Z / n;
        let middle = share + square / 2.0;
        let half = Z * ((share * (1.0 - share) + square / 4.0) / n).sqrt();
        let low = (middle - half) / (1.0 + square);
        let high = (middle + half) / (1.0 + square);
        (low.clamp(0.0, 1.0), high.clamp(0.0, 1.0))
    }

    /// Adds one answer that was a hit or not.
    pub(super) fn count(&mut self, hit: bool) {
        self.add(u32::from(hit), 1);
    }

    /// Adds one answer with several tries.
    pub const fn add(&mut self, hits: u32, total: u32) {
        self.hits += hits;
        self.total += total;
        self.answers += 1;
    }

    /// Adds all answers of another share.
    pub(super) const fn join(&mut self, other: Self) {
        self.hits += other.hits;
        self.total += other.total;
        self.answers += other.answers;
    }
}

#[cfg(test)]
mod tests {
    use super::Share;

    #[test]
    fn percentages_wait_for_twenty_answers() {
        assert_eq!(Share { hits: 19, total: 19, answers: 19 }.percent(), None);
        assert_eq!(Share { hits: 2, total: 3, answers: 20 }.percent(), Some(67));
        assert_eq!(Share { hits: 0, total: 0, answers: 30 }.percent(), None);
    }

    #[test]
    fn the_interval_agrees_with_published_values() {
        // R: prop.test(81, 263, correct = FALSE), an example of Newcombe (1998), gives 0.2553 to 0.3662.
        let (low, high) = Share { hits: 81, total: 263, answers: 263 }.interval();
        assert!((low - 0.2553).abs() < 5e-5 && (high - 0.3662).abs() < 5e-5, "{low} {high}");
        let (low, high) = Share { hits: 0, total: 20, answers: 20 }.interval();
        assert!(low.abs() < 1e-9 && (high - 0.1611).abs() < 5e-5, "{low} {high}");
    }
}
