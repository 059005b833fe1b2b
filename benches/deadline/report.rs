//! Means with their standard errors, and tables in the form of `docs/scheduling.md`.

/// A mean and its standard error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mean {
    /// The mean.
    pub mean: f64,
    /// Standard error; 0 for fewer than two values.
    pub error: f64,
}

impl Mean {
    /// Of some values.
    pub fn of(values: &[f64]) -> Self {
        let count = count(values.len());
        let mean = values.iter().sum::<f64>() / count.max(1.0);
        let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
        let error = if count < 2.0 { 0.0 } else { (squares / (count - 1.0) / count).sqrt() };
        Self { mean, error }
    }

    /// With three decimals, as recalls stand in a table.
    pub fn recall(self) -> String {
        format!("{:.3} ± {:.3}", self.mean, self.error)
    }

    /// With a sign, as differences stand in a table.
    pub fn difference(self) -> String {
        format!("{:+.3} ± {:.3}", self.mean, self.error)
    }
}

/// The share of values that hold, in percent.
pub fn percent<T>(values: &[T], holds: impl Fn(&T) -> bool) -> String {
    let share = count(values.iter().filter(|value| holds(value)).count());
    format!("{:.0} %", 100.0 * share / count(values.len()).max(1.0))
}

/// A row of a table.
pub fn row(cells: &[String]) -> String {
    format!("| {} |", cells.join(" | "))
}

/// The head of a table.
pub fn head(cells: &[&str]) -> String {
    format!("| {} |\n|{}", cells.join(" | "), "---|".repeat(cells.len()))
}

#[expect(clippy::cast_precision_loss, reason = "some hundred learners")]
fn count(count: usize) -> f64 {
    count as f64
}
