//! Forty slips of a hand in a good deck: each is found at its place, says how to mend it, and costs at most its own card.

use super::{read, user_file};
use crate::decks::format::ReadDeck;
use crate::decks::render::render;
use crate::domain::problem::{Problem, Severity};

/// A good deck of one card of each kind, in both languages.
const GOOD: &str = r#"format = 1

[deck]
id = "mine"
title = "Mine"
[deck.ko]
title = "내 덱"

# An open card.
[[card]]
id = "mine/timeouts"
level = 2
tags = ["networking", "linux"]
roles = ["sre"]
question = "How do a read timeout and a connection timeout differ?"
answer = "The first waits for a response, the second for the handshake."
points = [
  { text = "Connection: the handshake", must = true, match = ["connect|handshake"] },
  "Read: waits for a response",
]
sources = [{ title = "RFC 9293", url = "https://www.rfc-editor.org/rfc/rfc9293", checked = "2026-11-20" }]
follow_ups = [{ question = "Which is longer?", answer = "Read.", probes = 2 }]
[card.ko]
question = "리드 타임아웃과 커넥션 타임아웃은 어떻게 다른가요?"
answer = "앞은 응답을, 뒤는 핸드셰이크를 기다리는 시간입니다."
points = [
  { text = "커넥션: 핸드셰이크", match = ["연결|핸드셰이크"] },
  "리드: 응답을 기다린다",
]
follow_ups = [{ question = "무엇이 더 긴가요?", answer = "리드." }]

[[card]]
id = "mine/port"
kind = "choice"
question = "Which port is HTTPS?"
options = [
  { text = "443", correct = true, why = "yes" },
  { text = "80", why = "HTTP" },
]

[[card]]
id = "mine/minutes"
kind = "numeric"
question = "99.9 % of 30 days: how many minutes are left?"
number = 43.2
unit = "min"
tolerance = 0.1

[[card]]
id = "mine/gap"
kind = "cloze"
question = "Fill in"
cloze = "A {{pod}} holds containers"

[[card]]
id = "mine/order"
kind = "order"
question = "Order the handshake"
steps = ["SYN", "SYN-ACK", "ACK"]

[[card]]
id = "mine/list"
kind = "command"
question = "List all files"
accept = ["ls -a"]
review_by = "2027-05-01"
"#;

/// The cards of [`GOOD`], in order.
const CARDS: [&str; 6] =
    ["mine/timeouts", "mine/port", "mine/minutes", "mine/gap", "mine/order", "mine/list"];

/// A slip.
struct Slip {
    /// What stands in the good deck, once.
    good: &'static str,
    /// What stands there instead.
    bad: &'static str,
    /// Where the caret belongs: before this text, at the place of it that is nearest to the slip.
    at: &'static str,
    /// Part of the message and of the help.
    says: &'static str,
    /// Cards that cannot be used.
    costs: &'static [&'static str],
}

const fn slip(
    good: &'static str,
    bad: &'static str,
    at: &'static str,
    says: &'static str,
    costs: &'static [&'static str],
) -> Slip {
    Slip { good, bad, at, says, costs }
}

const OPEN: &[&str] = &["mine/timeouts"];
const PORT: &[&str] = &["mine/port"];
const MINUTES: &[&str] = &["mine/minutes"];
const GAP: &[&str] = &["mine/gap"];
const ORDER: &[&str] = &["mine/order"];
const LIST: &[&str] = &["mine/list"];
const NONE: &[&str] = &[];

#[rustfmt::skip]
const SLIPS: [Slip; 46] = [
    // Syntax.
    slip("response, the second for the handshake.\"", "response, the second for the handshake.", "\npoints = [\n  { text = \"Connection", "expected `\"` to close", OPEN),
    slip("뒤는 핸드셰이크를 기다리는 시간입니다.\"", "뒤는 \"핸드셰이크\"를 기다리는 시간입니다.\"", "핸드셰이크\"를", "quotation mark inside a text", OPEN),
    slip("  \"Read: waits for a response\",\n]", "  \"Read: waits for a response\",\n", "= [{ title", "the list above this line has no end", OPEN),
    slip("level = 2", "level 2", "2\ntags", "expected `=`", OPEN),
    slip("level = 2", "level =", "\ntags", "expected a value after `=`", OPEN),
    slip("id = \"mine/port\"", "id = mine/port", "mine/port", "texts must stand in quotes", PORT),
    slip("unit = \"min\"", "unit = \"min\"\nunit = \"h\"", "unit = \"h\"", "second time", MINUTES),
    slip("question = \"Fill in\"", "question = \"C:\\windows\\system\"", "windows", "backslash", GAP),
    slip("{ text = \"80\", why = \"HTTP\" },", "{ text = \"80\" why = \"HTTP\" },", "why = \"HTTP\"", "", PORT),
    slip("steps = [\"SYN\", \"SYN-ACK\", \"ACK\"]", "steps = [\"SYN\", \"SYN-ACK\" \"ACK\"]", "\"ACK\"", "comma", ORDER),
    slip("[[card]]\nid = \"mine/list\"", "[[card]\nid = \"mine/list\"", "\nid = \"mine/list\"", "expected `]]`", LIST),
    slip("answer = \"The first waits", "answer = \"\"\"The first waits", "\"\"\"", "close this text", OPEN),
    // Keys.
    slip("question = \"Fill in\"", "quesiton = \"Fill in\"", "quesiton", "did you mean `question`?", GAP),
    slip("answer = \"The first", "anwser = \"The first", "anwser", "did you mean `answer`?", OPEN),
    slip("tolerance = 0.1", "tolerence = 0.1", "tolerence", "did you mean `tolerance`?", MINUTES),
    slip("level = 2", "difficulty = 2", "difficulty", "did you mean `level`?", OPEN),
    slip("must = true", "msut = true", "msut", "did you mean `must`?", OPEN),
    slip("correct = true", "corect = true", "corect", "did you mean `correct`?", PORT),
    slip("probes = 2", "probe = 2", "probe", "did you mean `probes`?", OPEN),
    slip("checked = \"2026-11-20\"", "cheked = \"2026-11-20\"", "cheked", "did you mean `checked`?", OPEN),
    slip("[card.ko]\nquestion = \"리드", "[card.ko]\nquestin = \"리드", "questin", "did you mean `question`?", OPEN),
    slip("[card.ko]", "[card.kr]", "kr]", "did you mean `ko`?", OPEN),
    slip("steps = [", "options = [", "options", "belongs to a card with kind = \"choice\"", ORDER),
    slip("title = \"Mine\"", "tilte = \"Mine\"", "tilte", "did you mean `title`?", NONE),
    slip("format = 1", "fromat = 1", "fromat", "did you mean `format`?", NONE),
    // Values.
    slip("kind = \"choice\"", "kind = \"choise\"", "\"choise\"", "did you mean \"choice\"?", PORT),
    slip("level = 2", "level = 4", "4", "must be 1, 2 or 3", OPEN),
    slip("level = 2", "level = \"2\"", "\"2\"", "without quotes", OPEN),
    slip("tags = [\"networking\", \"linux\"]", "tags = \"networking\"", "\"networking\"", "list in square brackets", OPEN),
    slip("number = 43.2", "number = \"43.2\"", "\"43.2\"", "without quotes", MINUTES),
    slip("number = 43.2\n", "", "[[card]]\nid = \"mine/minutes\"", "needs `number`", MINUTES),
    slip("tolerance = 0.1", "tolerance = -0.1", "-0.1", "must not be negative", MINUTES),
    slip("{{pod}}", "{{pod}", "\"A {{pod}", "{{term}}", GAP),
    slip("{{pod}}", "pod", "\"A pod", "has no gap", GAP),
    slip("review_by = \"2027-05-01\"", "review_by = 2027-05-01", "2027-05-01", "dates in quotes", LIST),
    slip("review_by = \"2027-05-01\"", "review_by = \"2027-02-30\"", "\"2027-02-30\"", "is not a date", LIST),
    slip("correct = true, why", "correct = false, why", "{ text = \"443\"", "exactly one option must be correct", PORT),
    slip("accept = [\"ls -a\"]", "accept = []", "[[card]]\nid = \"mine/list\"", "right form in `accept`", LIST),
    slip("id = \"mine/gap\"", "id = \"mine/port\"", "\"mine/port\"", "has a card with the id", GAP),
    slip("  \"리드: 응답을 기다린다\",\n", "", "[card.ko]", "1 items here and 2", OPEN),
    slip("question = \"Which port is HTTPS?\"", "question = \"  \"", "\"  \"", "`question` is empty", PORT),
    slip("answer = \"The first waits for a response, the second for the handshake.\"\n", "", "[[card]]\nid = \"mine/timeouts\"", "has no `answer`", OPEN),
    // Warnings: the card can be studied.
    slip("tags = [\"networking\", \"linux\"]", "tags = [\"networking\", \"linxu\"]", "\"linxu\"", "did you mean \"linux\"?", NONE),
    slip("roles = [\"sre\"]", "roles = [\"devosp\"]", "\"devosp\"", "did you mean \"devops\"?", NONE),
    slip("https://www.rfc-editor.org/rfc/rfc9293", "www.rfc-editor.org", "{ title = \"RFC 9293\"", "beginning with https://", NONE),
    slip("match = [\"connect|handshake\"]", "match = [\"server|서버\"]", "{ text = \"Connection", "any answer matches", NONE),
];

impl Slip {
    fn text(&self) -> String {
        assert_eq!(
            GOOD.matches(self.good).count(),
            1,
            "`{}` stands once in the good deck",
            self.good
        );
        GOOD.replace(self.good, self.bad)
    }

    /// Line and column of the place where the caret belongs.
    fn place(&self, text: &str) -> (u32, u32) {
        let edit = GOOD.find(self.good).unwrap_or(0);
        let places = text.match_indices(self.at).map(|(at, _)| at);
        let at =
            places.min_by_key(|at| at.abs_diff(edit)).unwrap_or_else(|| panic!("`{}`", self.at));
        let line_start = text[..at].rfind('\n').map_or(0, |end| end + 1);
        let line = text[..at].matches('\n').count() + 1;
        let column = text[line_start..at].chars().count() + 1;
        (u32::try_from(line).unwrap(), u32::try_from(column).unwrap())
    }
}

fn usable(deck: &ReadDeck) -> Vec<&str> {
    deck.cards.iter().filter_map(|read| read.card.id.as_ref()).map(|id| id.0.as_str()).collect()
}

fn told(problem: &Problem) -> String {
    let help = problem.help.as_deref().unwrap_or_default();
    format!("{}:{} {} ({help})", problem.line, problem.column, problem.message)
}

#[test]
fn the_deck_without_slips_has_no_error() {
    let deck = read(GOOD);
    assert_eq!(deck.info.errors, 0, "{:?}", deck.problems);
    assert_eq!(usable(&deck), CARDS);
}

#[test]
fn every_slip_is_found_where_it_stands_and_costs_at_most_its_own_card() {
    let mut wrong = Vec::new();
    for (number, slip) in SLIPS.iter().enumerate() {
        let text = slip.text();
        let deck = read(&text);
        let (line, column) = slip.place(&text);
        let all: Vec<String> = deck.problems.iter().map(told).collect();
        let is_it = |problem: &&Problem| {
            (problem.line, problem.column) == (line, column) && told(problem).contains(slip.says)
        };
        if deck.problems.iter().find(is_it).is_none() {
            wrong.push(format!("{number} `{}`: not at {line}:{column}: {all:#?}", slip.bad));
        }
        let expected: Vec<&str> =
            CARDS.into_iter().filter(|card| !slip.costs.contains(card)).collect();
        if usable(&deck) != expected {
            wrong.push(format!(
                "{number} `{}`: {:?} can be used; {all:#?}",
                slip.bad,
                usable(&deck)
            ));
        }
        let errors = deck.problems.iter().filter(|it| it.severity == Severity::Error).count();
        if (errors == 0) != (slip.costs.is_empty() && !all.iter().any(|it| it.contains("no key"))) {
            wrong.push(format!("{number} `{}`: {errors} errors: {all:#?}", slip.bad));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn two_slips_of_different_cards_are_both_found_in_one_pass() {
    for (at, one) in SLIPS.iter().enumerate() {
        for other in &SLIPS[at + 1..] {
            let is_apart = !GOOD.contains(one.good) || !one.text().contains(other.good);
            // A card without its id can no longer be named, and one with another's hides which of the two it is.
            let is_of_id = one.good.starts_with("id =") || other.good.starts_with("id =");
            if is_apart
                || is_of_id
                || one.costs == other.costs
                || one.costs.len() != 1
                || other.costs.len() != 1
            {
                continue;
            }
            let text = one.text().replace(other.good, other.bad);
            let deck = read(&text);
            for lost in [one.costs[0], other.costs[0]] {
                assert!(!usable(&deck).contains(&lost), "{lost}: {text}");
            }
            assert!(
                deck.cards.len() >= 4,
                "`{}` and `{}`: {:?}",
                one.bad,
                other.bad,
                usable(&deck)
            );
            assert!(
                deck.info.errors >= 2,
                "`{}` and `{}`: {:?}",
                one.bad,
                other.bad,
                deck.problems
            );
        }
    }
}

#[test]
fn every_slip_is_drawn_with_its_line_and_a_caret() {
    for slip in &SLIPS {
        let text = slip.text();
        for problem in read(&text).problems {
            let drawn = render(&problem, Some(&text), false);
            let first = format!("{}:{}:{}: ", user_file().path, problem.line, problem.column);
            assert!(drawn.starts_with(&first) && drawn.contains('^'), "{drawn}");
        }
    }
}
