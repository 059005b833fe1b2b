//! What the linter says about cards that can be studied.

use super::{read, warnings};
use crate::decks::bundled::bundled_labels;
use crate::decks::check::{Checked, check_library};
use crate::decks::format::{ReadDeck, read_deck};
use crate::domain::deck::{FileName, Origin};
use crate::domain::problem::{Problem, Severity};

/// The warnings about one card with these further fields.
fn warnings_of(fields: &str) -> Vec<String> {
    let deck = read(&format!("[[card]]\nquestion = \"Q\"\nanswer = \"A\"\n{fields}\n"));
    assert_eq!(deck.info.errors, 0, "{:?}", deck.problems);
    warnings(&deck)
}

fn warns(fields: &str, message: &str) {
    let found = warnings_of(fields);
    assert!(found.iter().any(|warning| warning.contains(message)), "{message}: {found:?}");
}

#[test]
fn answers_with_points_should_take_one_to_two_minutes() {
    warns("points = [\"a\", \"b\", \"c\"]", "the answer has 1 words");
    warns(
        "points = [\"a\", \"b\", \"c\"]\n[card.ko]\nanswer = \"짧다\"",
        "2 characters without spaces",
    );
}

#[test]
fn points_should_be_few_short_and_said() {
    warns("points = [\"a\"]", "1 point, 3 to 6 work best");
    let long = "x".repeat(121);
    warns(&format!("points = [\"a\", \"b\", \"{long}\"]"), "the point has 121 characters");
    warns(
        "points = [\"quorum needs majority\", \"b\", \"c\"]",
        "most words of the point do not occur in the answer",
    );
    warns(
        "points = [\"a\", \"b\", \"c\"]\n[card.ko]\nanswer = \"파드는 컨테이너의 묶음입니다\"\npoints = [\"쿼럼은 과반의 선출로 정한다\", \"파드는 컨테이너를 묶은 것\", \"셋\"]",
        "7:11 most words of the point do not occur in the answer",
    );
    warns("points = [{ text = \"a\", match = [\"server|서버\"] }]", "so general that any answer");
    warns(
        "points = [{ text = \"a\", topic = \"conn\" }]\ntopics = { con = \"x\" }",
        "did you mean \"con\"?",
    );
}

#[test]
fn both_languages_should_say_the_same() {
    warns("hint = \"h\"\n[card.ko]\nquestion = \"질문\"", "`hint` is missing in [card.ko]");
    warns(
        "[card.ko]\nquestion = \"질문\"\nhint = \"힌트\"",
        "`hint` is written in \"ko\" but not in \"en\"",
    );
    warns("[card.ko]\nanswer = \"답 \u{2014} 끝\"", "em dash in a Korean text");
    let deck =
        read("[deck]\n[deck.ko]\ntitle = \"덱\"\n[[card]]\nquestion = \"Q\"\nanswer = \"A\"\n");
    assert_eq!(warnings(&deck), ["4:1 the deck has [deck.ko] but this card has no [card.ko]"]);
}

#[test]
fn a_tag_that_is_nearly_a_known_one_is_probably_a_slip() {
    assert_eq!(
        warnings_of("tags = [\"my-team\", \"kubernets\"]"),
        ["4:20 \"kubernets\" is not a known tag (did you mean \"kubernetes\"?)"]
    );
}

#[test]
fn sources_should_be_pages_that_were_read() {
    let source = |fields: &str| format!("sources = [{{ title = \"T\", {fields} }}]");
    warns(&source("url = \"https://x.y\""), "does not say when it was checked");
    warns(&source("url = \"x.y\", checked = \"2026-11-22\""), "is not the address of a page");
    assert_eq!(warnings_of(&source("url = \"https://x.y\", checked = \"2026-11-22\"")), [""; 0]);
}

#[test]
fn numbers_should_agree_with_their_working() {
    let number = |fields: &str| format!("kind = \"numeric\"\nnumber = 43200\n{fields}");
    assert_eq!(warnings_of(&number("working = \"30 x 24 x 60 = 43,200.\"")), [""; 0]);
    warns(&number("working = \"30 x 24 x 60 = 43,000\""), "`working` does not arrive at 43200");
    warns(
        &number("tolerance = 10\nnear = [{ number = 43205, why = \"w\" }]"),
        "the near miss 43205 counts as right",
    );
    warns(
        "kind = \"numeric\"\nnumber = 21.625\nworking = \"173 / 8 = 21.6\"",
        "`tolerance` is 0, but `number` 21.625 has more decimals than `working` shows",
    );
}

#[test]
fn the_working_should_be_true_in_both_languages() {
    let found = warnings_of(
        "kind = \"numeric\"\nnumber = 3\nworking = \"10 / 4 = 3\"\n[card.ko]\nquestion = \"질문\"\nanswer = \"답\"\nworking = \"10 / 5 = 3\"",
    );
    assert_eq!(
        found,
        [
            "6:11 the working says 10 / 4 = 3, but 10 / 4 is 2.5",
            "10:11 the working says 10 / 5 = 3, but 10 / 5 is 2"
        ]
    );
}

#[test]
fn options_figures_and_gaps_have_a_good_size() {
    warns(
        "kind = \"choice\"\noptions = [{ text = \"a\", correct = true }, \"b\", \"a much longer one\"]",
        "options are 1 to 17 characters long",
    );
    warns("kind = \"order\"\nsteps = [\"a\", \"b\"]", "2 steps, 4 to 7 work best");
    warns(&format!("figure = '''\n{}\n'''", "한".repeat(37)), "the figure is 74 columns wide");
}

#[test]
fn a_bundled_card_must_be_complete() {
    let file = FileName { origin: Origin::Bundled, path: "aws.toml".into() };
    let text = "[[card]]\nid = \"gcp/x\"\nquestion = \"Q\"\nanswer = \"A\"\n";
    let deck = read_deck(&file, text, &bundled_labels());
    let found = warnings(&deck);
    for wanted in ["the id must begin with aws/", "no `level`", "only one language", "no `points`"]
    {
        assert!(found.iter().any(|warning| warning.ends_with(wanted)), "{wanted}: {found:?}");
    }
}

fn problems_between(files: &[(&str, Origin, &str)]) -> Vec<Problem> {
    let read = |(path, origin, text): &(&str, Origin, &str)| {
        read_deck(&FileName { origin: *origin, path: (*path).into() }, text, &bundled_labels())
    };
    let decks: Vec<ReadDeck> = files.iter().map(read).collect();
    let checked: Vec<Checked<'_>> =
        decks.iter().zip(files).map(|(deck, (_, _, text))| Checked { deck, text }).collect();
    check_library(&checked)
}

#[test]
fn two_files_with_one_card_id_are_both_named() {
    let card = "[[card]]\nid = \"x/1\"\nquestion = \"Q\"\nanswer = \"A\"\n";
    let problems = problems_between(&[
        ("bundled.toml", Origin::Bundled, card),
        ("a.toml", Origin::User, &format!("\n{card}")),
        ("b.toml", Origin::User, card),
    ]);
    assert_eq!(problems.len(), 1, "a user's card may replace a bundled one: {problems:?}");
    assert_eq!(problems[0].severity, Severity::Error);
    assert_eq!((problems[0].line, problems[0].column), (2, 6));
    assert_eq!(problems[0].message, "two cards have the id \"x/1\": a.toml:2 and b.toml:1");
}

#[test]
fn a_partner_card_must_exist() {
    let text = "[[card]]\nid = \"x/1\"\nquestion = \"Q\"\nanswer = \"A\"\nversus = [\"x/2\", \"x/3\"]\n[[card]]\nid = \"x/2\"\nquestion = \"Q\"\nanswer = \"A\"\n";
    let problems = problems_between(&[("a.toml", Origin::User, text)]);
    assert_eq!(problems.len(), 1);
    assert_eq!(
        problems[0].to_string(),
        "a.toml:5:18: `versus` names the card \"x/3\", which does not exist"
    );
    assert_eq!(problems[0].help.as_deref(), Some("did you mean \"x/1\"?"));
}
