//! From ticked key points to a proposed rating. The learner scores points, not a feeling; the rating follows.

use crate::domain::card::KeyPoint;
use crate::domain::review::Rating;

/// The rating that the ticks amount to; `None` for a card without key points, which the learner rates alone.
///
/// `hits` says for each point whether it was said, and said correctly; a missing entry is a miss.
/// Easy is never proposed: nobody can tell from ticks that an answer came without effort.
pub fn propose(
    points: &[KeyPoint],
    hits: &[bool],
    wrong_statement: bool,
    hint_used: bool,
    no_idea_on_new: bool,
) -> Option<Rating> {
    if points.is_empty() {
        return None;
    }
    if wrong_statement || no_idea_on_new {
        return Some(Rating::Again);
    }
    let hit = |number: usize| hits.get(number).copied().unwrap_or(false);
    let missed: Vec<&KeyPoint> = points
        .iter()
        .enumerate()
        .filter(|(number, _)| !hit(*number))
        .map(|(_, point)| point)
        .collect();
    let nothing_said = missed.len() == points.len();
    let rating = match missed.len() {
        _ if nothing_said || missed.iter().any(|point| point.must) => Rating::Again,
        0 => Rating::Good,
        1 => Rating::Hard,
        _ => Rating::Again,
    };
    Some(if hint_used { rating.min(Rating::Hard) } else { rating })
}

#[cfg(test)]
mod tests {
    use super::propose;
    use crate::domain::card::KeyPoint;
    use crate::domain::review::Rating;

    /// Points as letters, upper case for one that must not be missed.
    fn points(letters: &str) -> Vec<KeyPoint> {
        letters
            .chars()
            .map(|letter| KeyPoint {
                text: letter.to_string(),
                must: letter.is_uppercase(),
                match_groups: Vec::new(),
                not: Vec::new(),
                topic: None,
            })
            .collect()
    }

    fn plain(letters: &str, hits: &[bool]) -> Option<Rating> {
        propose(&points(letters), hits, false, false, false)
    }

    #[test]
    fn the_rating_falls_with_the_points_missed() {
        assert_eq!(plain("abc", &[true; 3]), Some(Rating::Good));
        assert_eq!(plain("abc", &[true, false, true]), Some(Rating::Hard));
        assert_eq!(plain("abc", &[true, false, false]), Some(Rating::Again));
        assert_eq!(plain("ab", &[false, false]), Some(Rating::Again));
    }

    #[test]
    fn missing_the_only_point_is_not_recalling() {
        assert_eq!(plain("a", &[false]), Some(Rating::Again));
        assert_eq!(plain("a", &[]), Some(Rating::Again));
    }

    #[test]
    fn missing_a_must_fails_the_answer() {
        assert_eq!(plain("Abc", &[false, true, true]), Some(Rating::Again));
        assert_eq!(plain("Abc", &[true, true, false]), Some(Rating::Hard));
    }

    #[test]
    fn a_wrong_statement_fails_and_a_hint_caps_at_hard() {
        let all = [true; 2];
        assert_eq!(propose(&points("ab"), &all, true, false, false), Some(Rating::Again));
        assert_eq!(propose(&points("ab"), &all, false, true, false), Some(Rating::Hard));
        assert_eq!(propose(&points("ab"), &[true, false], false, true, false), Some(Rating::Hard));
        assert_eq!(propose(&points("ab"), &[false; 2], false, true, false), Some(Rating::Again));
    }

    #[test]
    fn no_idea_on_a_new_card_is_again() {
        assert_eq!(propose(&points("ab"), &[true; 2], false, false, true), Some(Rating::Again));
    }

    #[test]
    fn a_card_without_points_gets_no_proposal() {
        assert_eq!(plain("", &[]), None);
        assert_eq!(propose(&[], &[], true, true, true), None);
    }
}
