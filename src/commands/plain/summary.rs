//! The end of a sitting in lines: what was recalled, what to fix, and how the last grade is taken back.

use crate::domain::memory::Schedule;
use crate::domain::review::{Confidence, Rating, Review};
use crate::i18n::Texts;
use crate::study::session::Session;
use crate::tui::screens::study_view::minutes;

/// A review with the schedule that its card had before.
type Rated<'a> = (&'a Review, &'a Schedule);

/// Everything that is said at the end; `unsaved` is the number of reviews that are not on disk.
pub fn lines(session: &Session, unsaved: usize, texts: &Texts) -> Vec<String> {
    let left = session.cards_left();
    let head = if left == 0 { texts.session_over.to_owned() } else { (texts.left_with)(left) };
    let mut lines = vec![String::new(), texts.session_done.to_owned(), head];
    let reviews: Vec<Rated<'_>> = session.reviews_with_before().collect();
    if reviews.is_empty() {
        return lines;
    }
    lines.extend(numbers(&reviews, texts));
    lines.extend(sure_and_wrong(&reviews, texts));
    if unsaved == 0 {
        lines.push(texts.everything_saved.to_owned());
    }
    lines.push(texts.plain_undo_later().to_owned());
    lines
}

/// Answers, recalled, new cards and key points, each where there are any.
fn numbers(reviews: &[Rated<'_>], texts: &Texts) -> Vec<String> {
    let seconds: f32 = reviews.iter().map(|(review, _)| review.seconds).sum();
    let time = (texts.in_minutes)(minutes(seconds));
    let mut lines = vec![format!("{}: {}, {time}", texts.answers, reviews.len())];
    let (new, seen): (Vec<_>, Vec<_>) = reviews.iter().partition(|(_, before)| before.is_new());
    if !seen.is_empty() {
        let hits = (texts.hits_of)(passed(&seen), seen.len());
        lines.push(format!("{}: {hits}", texts.recalled));
    }
    if !new.is_empty() {
        let first = (texts.at_first_try)(passed(&new));
        lines.push(format!("{}: {}, {first}", texts.new_cards, new.len()));
    }
    let points: Vec<bool> =
        reviews.iter().flat_map(|(review, _)| review.points.iter().map(|p| p.hit)).collect();
    if !points.is_empty() {
        let hits = points.iter().filter(|hit| **hit).count();
        lines.push(format!("{}: {}", texts.key_points_row, (texts.hits_of)(hits, points.len())));
    }
    lines
}

fn passed(reviews: &[&Rated<'_>]) -> usize {
    reviews.iter().filter(|(review, _)| review.rating.is_some_and(Rating::is_pass)).count()
}

fn sure_and_wrong(reviews: &[Rated<'_>], texts: &Texts) -> Vec<String> {
    let is_sure_and_wrong = |review: &Review| {
        review.confidence == Some(Confidence::Sure) && review.rating == Some(Rating::Again)
    };
    let wrong: Vec<_> = reviews.iter().filter(|(review, _)| is_sure_and_wrong(review)).collect();
    if wrong.is_empty() {
        return Vec::new();
    }
    let head = (texts.sure_and_wrong)(wrong.len());
    let names = wrong.into_iter().map(|(review, _)| format!("- {}", review.key));
    std::iter::once(head).chain(names).collect()
}
