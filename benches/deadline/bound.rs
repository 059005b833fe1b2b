//! The most that any schedule can reach: an upper bound by Lagrangian duality, for equal cards and the default learner.
//!
//! With a price on every second of every day, cards no longer compete for time, and the best schedule of one card is a
//! dynamic programme over its memory. The value of a card at these prices plus its share of the priced time is at least
//! what any schedule reaches that keeps the daily minutes on average (weak duality), whatever the prices. The least such
//! value over all prices is looked for by sub-gradients. Memories stand on a grid (log stability, difficulty) with
//! linear interpolation; that is the one approximation.

use prep::lab::{DEFAULT_PARAMETERS, Habits, MemoryState, Model, Rating, Scorer};

const STABILITIES: usize = 48;
const DIFFICULTIES: usize = 10;
const STATES: usize = STABILITIES * DIFFICULTIES;
/// Natural logarithms of the stabilities at both ends of the grid: 0.02 and 3,000 days.
const LOGS: (f64, f64) = (-3.9, 8.0);
/// Recall within which two choices share the time: smooths the sub-gradient; the value itself is taken without it.
const TEMPERATURE: f64 = 0.004;

/// A point between grid points: four of them and their shares.
type Corners = [(usize, f64); 4];

/// The programme of one card for so many days.
pub struct Programme {
    days: usize,
    /// Recall of a state after 0, 1, ... days without study.
    recall: Vec<Vec<f64>>,
    /// What a meeting after 0, 1, ... days brings from each state.
    meetings: Vec<Vec<Step>>,
    first: Step,
}

/// A meeting: expected seconds and where it leads.
#[derive(Clone)]
struct Step {
    seconds: f64,
    next: Vec<(usize, f64)>,
}

/// Values and choices at given prices.
struct Solution {
    /// Recall less priced time of an unseen card at the start.
    value: f64,
    /// Expected seconds on each day; only of the smoothed solution.
    seconds: Vec<f64>,
}

impl Programme {
    /// The programme of the default learner.
    pub fn new(days: u16) -> Self {
        let scorer = Scorer::new(Model::new(DEFAULT_PARAMETERS), Habits::PRIOR);
        let days = usize::from(days);
        let states: Vec<MemoryState> = (0..STATES).map(state).collect();
        let recall = (0..=days).map(|gap| {
            let recall = |memory: &MemoryState| {
                f64::from(scorer.model().recall(memory.stability, float(gap)))
            };
            states.iter().map(recall).collect()
        });
        let meetings = (0..days)
            .map(|gap| states.iter().map(|memory| meeting(&scorer, *memory, gap)).collect());
        let first = spread(scorer.habits().first_odds, scorer.first_memories());
        let seconds = f64::from(scorer.habits().mean_first_seconds());
        Self {
            days,
            recall: recall.collect(),
            meetings: meetings.collect(),
            first: Step { seconds, next: first },
        }
    }

    /// The bound on mean recall where each card has so many seconds on each day.
    pub fn bound(&self, seconds_a_day: f64, iterations: u32) -> f64 {
        let mut prices = self.even_prices(seconds_a_day);
        let mut least = self.dual(&prices, seconds_a_day);
        let mut mean = prices.clone();
        for iteration in 0..iterations {
            let solution = self.solve(&prices, true);
            let pace = 0.3 / (1.0 + f64::from(iteration) / 12.0);
            for (price, used) in prices.iter_mut().zip(&solution.seconds) {
                let excess = (used - seconds_a_day) / seconds_a_day;
                *price = (*price * (pace * excess.clamp(-1.0, 2.0)).exp()).max(1e-9);
            }
            // The mean over the later half of the way so far: it lies deeper in the valley than any one step.
            let weight = 2.0 / f64::from(iteration + 2);
            for (mean, price) in mean.iter_mut().zip(&prices) {
                *mean += weight * (price - *mean);
            }
            if iteration % 10 == 9 {
                least = least.min(self.dual(&prices, seconds_a_day));
                least = least.min(self.dual(&mean, seconds_a_day));
            }
        }
        least
    }

    /// The best prices that are the same on every day, found by narrowing: the dual is convex in them.
    fn even_prices(&self, seconds_a_day: f64) -> Vec<f64> {
        let prices = |logarithm: f64| vec![logarithm.exp(); self.days];
        let (mut low, mut high) = (-14.0_f64, -2.0_f64);
        while high - low > 0.1 {
            let third = (high - low) / 3.0;
            let [left, right] = [low + third, high - third]
                .map(|logarithm| self.dual(&prices(logarithm), seconds_a_day));
            if left < right {
                high -= third;
            } else {
                low += third;
            }
        }
        prices(low.midpoint(high))
    }

    fn dual(&self, prices: &[f64], seconds_a_day: f64) -> f64 {
        self.solve(prices, false).value + prices.iter().sum::<f64>() * seconds_a_day
    }

    /// Backwards over the days; smoothed, also forwards for the time that is used.
    fn solve(&self, prices: &[f64], is_smooth: bool) -> Solution {
        // What a state that was reached by a meeting on that day is worth.
        let mut worth: Vec<Vec<f64>> = vec![Vec::new(); self.days];
        let mut choices: Vec<Vec<Choice>> = (0..self.days).map(|_| Vec::new()).collect();
        for day in (0..self.days).rev() {
            let each = (0..STATES).map(|state| {
                let later = (day + 1..self.days).map(|next| {
                    let step = &self.meetings[next - day][state];
                    expected(&step.next, &worth[next]) - prices[next] * step.seconds
                });
                Choice::new(self.recall[self.days - day][state], later, is_smooth)
            });
            choices[day] = each.collect();
            worth[day] = choices[day].iter().map(|choice| choice.value).collect();
        }
        let firsts = worth
            .iter()
            .zip(prices)
            .map(|(worth, price)| expected(&self.first.next, worth) - price * self.first.seconds);
        let first = Choice::new(0.0, firsts, is_smooth);
        let seconds = if is_smooth { self.used(&first, &choices) } else { Vec::new() };
        Solution { value: first.value, seconds }
    }

    fn used(&self, first: &Choice, choices: &[Vec<Choice>]) -> Vec<f64> {
        let mut seconds = vec![0.0; self.days];
        let mut mass = vec![vec![0.0; STATES]; self.days];
        let arrive = |mass: &mut [f64], step: &Step, share: f64| {
            for (state, odds) in &step.next {
                mass[*state] += share * odds;
            }
        };
        for (day, share) in first.shares.iter().enumerate() {
            seconds[day] += share * self.first.seconds;
            arrive(&mut mass[day], &self.first, *share);
        }
        for day in 0..self.days {
            let (past, later) = mass.split_at_mut(day + 1);
            for (state, mass) in past[day].iter().enumerate().filter(|(_, mass)| **mass > 1e-9) {
                for (gap, share) in choices[day][state].shares.iter().enumerate() {
                    let share = share * mass;
                    if share > 1e-10 {
                        let step = &self.meetings[gap + 1][state];
                        seconds[day + 1 + gap] += share * step.seconds;
                        arrive(&mut later[gap], step, share);
                    }
                }
            }
        }
        seconds
    }
}

/// What is done next with a card: nothing, or a meeting on one of the later days.
struct Choice {
    value: f64,
    /// Share of each later day; only where smoothed.
    shares: Vec<f64>,
}

impl Choice {
    fn new(nothing: f64, later: impl Iterator<Item = f64> + Clone, is_smooth: bool) -> Self {
        let best = later.clone().fold(nothing, f64::max);
        if !is_smooth {
            return Self { value: best, shares: Vec::new() };
        }
        let share = |value: f64| {
            let behind = (value - best) / TEMPERATURE;
            if behind < -30.0 { 0.0 } else { behind.exp() }
        };
        let mut shares: Vec<f64> = later.map(share).collect();
        let all = share(nothing) + shares.iter().sum::<f64>();
        for share in &mut shares {
            *share /= all;
        }
        Self { value: best + TEMPERATURE * all.ln(), shares }
    }
}

fn expected(next: &[(usize, f64)], worth: &[f64]) -> f64 {
    next.iter().map(|(state, odds)| odds * worth[*state]).sum()
}

fn meeting(scorer: &Scorer, memory: MemoryState, gap: usize) -> Step {
    let recall = scorer.model().recall(memory.stability, float(gap));
    let mut after = scorer.model().after_each(memory, recall);
    after[0] = scorer.model().same_day(after[0], Rating::Good);
    let odds = scorer.habits().review_odds(recall);
    let seconds = f64::from(scorer.habits().mean_review_seconds(recall));
    Step { seconds, next: spread(odds, &after) }
}

/// Grid points and odds of memories with these odds.
fn spread(odds: [f32; 4], memories: &[MemoryState; 4]) -> Vec<(usize, f64)> {
    let each = odds.iter().zip(memories).flat_map(|(odds, memory)| {
        corners(*memory).map(|(state, share)| (state, share * f64::from(*odds)))
    });
    each.filter(|(_, odds)| *odds > 0.0).collect()
}

fn corners(memory: MemoryState) -> Corners {
    let along = (f64::from(memory.stability).ln() - LOGS.0) / (LOGS.1 - LOGS.0);
    let (stability, s) = place(along, STABILITIES);
    let (difficulty, d) = place((f64::from(memory.difficulty) - 1.0) / 9.0, DIFFICULTIES);
    let at = |stability: usize, difficulty: usize| stability * DIFFICULTIES + difficulty;
    [
        (at(stability, difficulty), (1.0 - s) * (1.0 - d)),
        (at(stability + 1, difficulty), s * (1.0 - d)),
        (at(stability, difficulty + 1), (1.0 - s) * d),
        (at(stability + 1, difficulty + 1), s * d),
    ]
}

/// The grid line below a place (0 to 1) and how far the place is towards the next one.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a few dozen grid lines"
)]
fn place(along: f64, lines: usize) -> (usize, f64) {
    let along = along.clamp(0.0, 1.0) * (lines - 1) as f64;
    let line = (along as usize).min(lines - 2);
    (line, along - line as f64)
}

#[expect(clippy::cast_possible_truncation, reason = "the model computes in single precision")]
fn state(number: usize) -> MemoryState {
    let share = |line: usize, lines: usize| f64::from(float(line)) / f64::from(float(lines - 1));
    let along = share(number / DIFFICULTIES, STABILITIES);
    MemoryState {
        stability: (LOGS.0 + along * (LOGS.1 - LOGS.0)).exp() as f32,
        difficulty: (1.0 + 9.0 * share(number % DIFFICULTIES, DIFFICULTIES)) as f32,
    }
}

#[expect(clippy::cast_precision_loss, reason = "some days or grid lines")]
fn float(count: usize) -> f32 {
    count as f32
}
