//! A typed or chosen answer and how right it is: choice, cloze, order, numeric and command cards.
//!
//! Texts are compared after NFKC, case folding and collapsing of spaces; commands keep their case.

mod command;
mod number;

use unicode_normalization::UnicodeNormalization;

use crate::domain::card::{ChoiceOption, ClozePiece, Numeric, Step};
use crate::domain::review::Rating;

/// How right an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Right.
    Right,
    /// One of several gaps is wrong, or one pair of neighbouring steps is swapped.
    Close,
    /// Wrong, near misses too.
    Wrong,
}

impl Verdict {
    /// The rating that it proposes.
    pub const fn rating(self) -> Rating {
        match self {
            Self::Right => Rating::Good,
            Self::Close => Rating::Hard,
            Self::Wrong => Rating::Again,
        }
    }

    /// Whether the answer was right.
    pub fn is_right(self) -> bool {
        self == Self::Right
    }
}

/// What can be said about a wrong answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// Nothing was answered.
    Empty,
    /// A typical wrong number; the card's explanation of it.
    NearMiss(String),
    /// What was typed is no number.
    NotANumber,
    /// The word after the number is no unit that fits; the expected unit, empty for a number without one.
    UnitUnknown {
        /// The word that was typed.
        word: String,
        /// The card's unit.
        expected: String,
    },
    /// The unit measures something else, as bytes where a time is asked for; the expected unit.
    UnitMismatch {
        /// The unit that was typed.
        word: String,
        /// The card's unit.
        expected: String,
    },
    /// The number is this many times too large.
    TooLargeByFactor(u32),
    /// The number is this many times too small.
    TooSmallByFactor(u32),
    /// Off by a letter or two from this accepted answer.
    Spelling {
        /// The accepted answer.
        meant: String,
    },
    /// Right but for upper and lower case, which count in a command.
    CaseMatters {
        /// The accepted answer.
        meant: String,
    },
    /// A quotation mark of the command is not closed.
    OpenQuote,
}

/// A judged answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// How right it is.
    pub verdict: Verdict,
    /// Right or wrong for each gap or step, in the card's order of gaps and the answer's order of steps; one entry for other kinds.
    pub parts: Vec<bool>,
    /// What can be said about it.
    pub note: Option<Note>,
}

impl Judged {
    fn right() -> Self {
        Self { verdict: Verdict::Right, parts: vec![true], note: None }
    }

    fn wrong(note: Option<Note>) -> Self {
        Self { verdict: Verdict::Wrong, parts: vec![false], note }
    }
}

/// Judges the option at position `chosen`, from 0; a position outside is wrong.
pub fn judge_choice(options: &[ChoiceOption], chosen: usize) -> Judged {
    if options.get(chosen).is_some_and(|option| option.correct) {
        Judged::right()
    } else {
        Judged::wrong(None)
    }
}

/// Judges the fillings of the gaps, in order. A gap without filling is wrong; fillings without gap are ignored.
pub fn judge_cloze(pieces: &[ClozePiece], fillings: &[String]) -> Judged {
    let gaps = pieces.iter().filter_map(|piece| match piece {
        ClozePiece::Gap(accepted) => Some(accepted),
        ClozePiece::Text(_) => None,
    });
    let mut note = None;
    let mut parts = Vec::new();
    for (number, accepted) in gaps.enumerate() {
        let filling = fillings.get(number).map_or("", String::as_str);
        let right = accepted.iter().any(|form| fold(form) == fold(filling));
        if !right && note.is_none() {
            note = spelling_note(accepted, filling);
        }
        parts.push(right);
    }
    let wrong = parts.iter().filter(|right| !**right).count();
    let verdict = match wrong {
        0 => Verdict::Right,
        1 if parts.len() > 1 => Verdict::Close,
        _ => Verdict::Wrong,
    };
    if wrong > 0 && fillings.iter().all(|filling| filling.trim().is_empty()) {
        return Judged { verdict: Verdict::Wrong, parts, note: Some(Note::Empty) };
    }
    Judged { verdict, parts, note }
}

/// Judges an order of steps: `order` holds positions in `steps`, from 0, in the order of picking.
///
/// Neighbouring steps of one group may stand in any order. The parts say for each place whether the step there is right.
pub fn judge_order(steps: &[Step], order: &[usize]) -> Judged {
    let runs = runs(steps);
    let parts = placed(&runs, order);
    if order.is_empty() && !steps.is_empty() {
        return Judged { verdict: Verdict::Wrong, parts, note: Some(Note::Empty) };
    }
    let verdict = if !is_permutation(order, steps.len()) {
        Verdict::Wrong
    } else if parts.iter().all(|right| *right) {
        Verdict::Right
    } else if one_swap_mends(&runs, order) {
        Verdict::Close
    } else {
        Verdict::Wrong
    };
    Judged { verdict, parts, note: None }
}

/// Judges a typed number. A bare number is in the card's unit; other units of the same kind are converted.
pub fn judge_numeric(numeric: &Numeric, typed: &str) -> Judged {
    number::judge(numeric, typed)
}

/// Judges a typed command line against the accepted ones. A prompt (`$ `) before it is ignored.
pub fn judge_command(accept: &[String], typed: &str) -> Judged {
    command::judge(accept, typed)
}

/// For each step the number of its run of neighbours that may swap.
fn runs(steps: &[Step]) -> Vec<usize> {
    let mut run = 0;
    let mut before: Option<&Step> = None;
    steps
        .iter()
        .map(|step| {
            let joins = before.is_some_and(|last| step.group.is_some() && last.group == step.group);
            if before.is_some() && !joins {
                run += 1;
            }
            before = Some(step);
            run
        })
        .collect()
}

fn placed(runs: &[usize], order: &[usize]) -> Vec<bool> {
    let right_at = |place: usize| {
        order.get(place).and_then(|step| runs.get(*step)).is_some_and(|run| *run == runs[place])
    };
    (0..runs.len()).map(right_at).collect()
}

fn is_permutation(order: &[usize], length: usize) -> bool {
    let mut sorted = order.to_vec();
    sorted.sort_unstable();
    sorted.into_iter().eq(0..length)
}

fn one_swap_mends(runs: &[usize], order: &[usize]) -> bool {
    (1..order.len()).any(|place| {
        let mut swapped = order.to_vec();
        swapped.swap(place - 1, place);
        placed(runs, &swapped).into_iter().all(|right| right)
    })
}

/// NFKC, case folded, spaces collapsed: how texts are compared.
pub fn fold(text: &str) -> String {
    // Folded twice round: lower case of a compatibility form can be one that NFKC changes again.
    let lower: String = text.nfkc().flat_map(char::to_lowercase).collect();
    let folded: String = lower.nfkc().collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The accepted form that the answer misses by a letter or two, for texts long enough that this says anything.
fn spelling_note(accepted: &[String], answer: &str) -> Option<Note> {
    let answer = fold(answer);
    let meant = accepted.iter().find(|form| is_misspelled(&fold(form), &answer))?;
    Some(Note::Spelling { meant: meant.clone() })
}

fn is_misspelled(form: &str, answer: &str) -> bool {
    let letters = form.chars().count();
    let allowed = if letters >= 8 { 2 } else { 1 };
    letters >= 4
        && letters.abs_diff(answer.chars().count()) <= allowed
        && strsim::osa_distance(form, answer) <= allowed
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};
    use proptest::{collection, prop_assert_eq};

    use super::{Note, Verdict, judge_choice, judge_cloze, judge_order};
    use crate::domain::card::{ChoiceOption, ClozePiece, Step};
    use crate::domain::review::Rating;

    fn cloze() -> Vec<ClozePiece> {
        vec![
            ClozePiece::Text("The ".into()),
            ClozePiece::Gap(vec!["kube-scheduler".into(), "스케줄러".into()]),
            ClozePiece::Text(" binds pods to ".into()),
            ClozePiece::Gap(vec!["nodes".into()]),
        ]
    }

    fn fill(fillings: &[&str]) -> super::Judged {
        let fillings: Vec<String> = fillings.iter().map(|filling| (*filling).to_owned()).collect();
        judge_cloze(&cloze(), &fillings)
    }

    #[test]
    fn gaps_are_compared_without_case_width_and_spaces() {
        assert_eq!(fill(&[" Kube-Scheduler", "ｎｏｄｅｓ  "]).verdict, Verdict::Right);
        assert_eq!(fill(&["스케줄러", "nodes"]).verdict, Verdict::Right);
        // The same word in decomposed letters, as some input methods and macOS send it.
        assert_eq!(
            fill(&[
                "\u{1109}\u{1173}\u{110f}\u{1166}\u{110c}\u{116e}\u{11af}\u{1105}\u{1165}",
                "nodes"
            ])
            .verdict,
            Verdict::Right
        );
    }

    #[test]
    fn one_wrong_gap_of_several_is_close_and_two_are_wrong() {
        let judged = fill(&["kube-scheduler", "pods"]);
        assert_eq!((judged.verdict, judged.parts), (Verdict::Close, vec![true, false]));
        assert_eq!(fill(&["a", "b"]).verdict, Verdict::Wrong);
        assert_eq!(fill(&["", ""]).note, Some(Note::Empty));
        assert_eq!(Verdict::Close.rating(), Rating::Hard);
    }

    #[test]
    fn the_only_gap_is_right_or_wrong() {
        let pieces = [ClozePiece::Gap(vec!["etcd".into()])];
        let judged = judge_cloze(&pieces, &["etcb".into()]);
        assert_eq!(judged.verdict, Verdict::Wrong);
        assert_eq!(judged.note, Some(Note::Spelling { meant: "etcd".into() }));
    }

    #[test]
    fn a_choice_is_right_or_wrong() {
        let option = |correct| ChoiceOption { text: "x".into(), correct, why: None };
        let options = [option(false), option(true)];
        assert_eq!(judge_choice(&options, 1).verdict, Verdict::Right);
        assert_eq!(judge_choice(&options, 0).verdict, Verdict::Wrong);
        assert_eq!(judge_choice(&options, 9).verdict, Verdict::Wrong);
    }

    fn steps(groups: &[Option<i64>]) -> Vec<Step> {
        groups.iter().map(|group| Step { text: "step".into(), group: *group }).collect()
    }

    #[test]
    fn one_swapped_pair_of_neighbours_is_close() {
        let steps = steps(&[None; 4]);
        assert_eq!(judge_order(&steps, &[0, 1, 2, 3]).verdict, Verdict::Right);
        let judged = judge_order(&steps, &[0, 2, 1, 3]);
        assert_eq!(
            (judged.verdict, judged.parts),
            (Verdict::Close, vec![true, false, false, true])
        );
        assert_eq!(judge_order(&steps, &[1, 0, 3, 2]).verdict, Verdict::Wrong);
        assert_eq!(judge_order(&steps, &[2, 1, 0, 3]).verdict, Verdict::Wrong);
    }

    #[test]
    fn neighbours_of_one_group_may_swap() {
        let steps = steps(&[None, Some(1), Some(1), Some(2), Some(1)]);
        assert_eq!(judge_order(&steps, &[0, 2, 1, 3, 4]).verdict, Verdict::Right);
        // The same group further away is another run.
        assert_eq!(judge_order(&steps, &[0, 4, 2, 3, 1]).verdict, Verdict::Wrong);
        assert_eq!(judge_order(&steps, &[0, 2, 3, 1, 4]).verdict, Verdict::Close);
    }

    #[test]
    fn a_missing_doubled_or_unknown_step_is_wrong() {
        let steps = steps(&[None; 3]);
        for order in [&[][..], &[0, 1], &[0, 1, 1], &[0, 1, 7], &[0, 1, 2, 2]] {
            assert_eq!(judge_order(&steps, order).verdict, Verdict::Wrong, "{order:?}");
        }
    }

    proptest! {
        #[test]
        fn any_answer_is_judged(text in any::<String>(), order in collection::vec(0usize..6, 0..8)) {
            prop_assert_eq!(judge_cloze(&cloze(), &[text.clone(), text]).parts.len(), 2);
            prop_assert_eq!(judge_order(&steps(&[None, Some(1), Some(1)]), &order).parts.len(), 3);
        }
    }
}
