//! What is read out of good and bad deck files.

use super::{SAMPLES, errors, ids, read, user_file, warnings};
use crate::decks::bundled::{FILES, bundled_labels};
use crate::decks::format::{ReadDeck, read_card, read_deck};
use crate::domain::card::{Body, Card, CardKey, CardKind};
use crate::domain::deck::{FileName, Origin};
use crate::domain::lang::Lang;
use crate::domain::tag::{LabelList, Role, Tag};

#[test]
fn a_deck_of_five_lines_is_enough_and_clean() {
    let deck = read(
        "[[card]]\nquestion = \"What is a pod?\"\nanswer = \"\"\"\nContainers together.\n\"\"\"",
    );
    assert_eq!(deck.problems, []);
    assert_eq!(deck.info.id.0, "mine");
    assert_eq!(deck.info.title.get(Lang::Ko), "mine");
    let read = deck.cards.first().unwrap();
    assert_eq!(read.card.key, CardKey(String::new()));
    assert_eq!(
        (read.card.kind, read.card.level, read.card.aim_seconds),
        (CardKind::Open, None, 90)
    );
    assert_eq!(read.card.text(Lang::Ko).answer, "Containers together.");
    assert_eq!((read.entry.line, read.entry.position, read.entry.points), (1, 0, 0));
}

#[test]
fn the_cards_of_the_guide_are_read_in_both_languages() {
    let deck = read(SAMPLES);
    assert_eq!(errors(&deck), [""; 0]);
    assert_eq!(warnings(&deck), [""; 0]);
    assert_eq!(deck.info.title.get(Lang::Ko), "예시 카드");
    let open = &deck.cards[0];
    assert_eq!(open.entry.points, 6);
    assert_eq!(open.entry.asked, ["Fintech K", "핀테크 K사"]);
    assert!(open.card.text(Lang::Ko).question.starts_with("리드 타임아웃"));
    assert!(open.card.text(Lang::Ko).figure.as_ref().unwrap().starts_with("client"));
    let Body::Choice { options } = &deck.cards[1].card.text(Lang::Ko).body else { panic!() };
    assert!(options[0].correct && options[0].text.starts_with("S3 인터페이스"));
    let Body::Numeric(number) = &deck.cards[2].card.text(Lang::Ko).body else { panic!() };
    assert_eq!((number.unit.as_str(), number.accept.len()), ("min", 3));
    assert_eq!(number.near[0].why, "30일 기준 99.9%의 값입니다.");
}

#[test]
fn a_variant_inherits_what_it_leaves_out() {
    let deck = read(
        r#"
[[card]]
question = "Q"
answer = "A"
points = [{ text = "one", must = true, match = ["a|b", "c"], not = "d|e", topic = "t" }, "two"]
topics = { t = "x|y" }
[card.ko]
question = "질문"
points = ["하나", { text = "둘", match = ["가|나"] }]
"#,
    );
    assert_eq!(errors(&deck), [""; 0]);
    let card = &deck.cards[0].card;
    let (base, own) = (card.text(Lang::En), card.text(Lang::Ko));
    let Body::Open { points } = &base.body else { panic!() };
    assert_eq!(points[0].match_groups, [vec!["a", "b"], vec!["c"]]);
    assert_eq!(points[0].not, ["d", "e"]);
    assert_eq!(base.topics, [("t".to_owned(), vec!["x".to_owned(), "y".to_owned()])]);
    let Body::Open { points } = &own.body else { panic!() };
    assert!(points[0].must && points[0].topic.as_deref() == Some("t"));
    assert!(points[0].match_groups.is_empty() && points[0].not.is_empty());
    assert_eq!(points[1].match_groups, [vec!["가", "나"]]);
    assert_eq!((own.answer.as_str(), own.topics.len()), ("A", 1));
}

#[test]
fn a_korean_deck_has_an_english_variant() {
    let deck = read(
        "[deck]\nlang = \"ko\"\ntitle = \"내 덱\"\n[deck.en]\ntitle = \"Mine\"\n[[card]]\nquestion = \"파드란?\"\nanswer = \"묶음\"\n[card.en]\nquestion = \"What is a pod?\"\nanswer = \"A group\"\n",
    );
    assert_eq!(deck.problems, []);
    assert_eq!(deck.info.lang, Lang::Ko);
    let entry = &deck.cards[0].entry;
    assert_eq!(
        (entry.title.get(Lang::En).as_str(), entry.title.base().as_str()),
        ("What is a pod?", "파드란?")
    );
    let wrong = read("[[card]]\nquestion = \"Q\"\nanswer = \"A\"\n[card.en]\nquestion = \"Q\"\n");
    assert_eq!(wrong.cards.len(), 0);
    assert!(
        errors(&wrong)[0].contains("the base language of this file is en"),
        "{:?}",
        errors(&wrong)
    );
}

#[test]
fn six_errors_of_three_cards_are_found_in_one_pass() {
    let deck = read(
        r#"[[card]]
id = "a/1"
promt = "Q"
question = "Q"
answer = "A"
level = 5

[[card]]
id = "a/2"
question = "Q"
kind = "choice"
options = [{ text = "x", correct = true }, { text = "y", correct = true }]
retired = "2026-02-30"

[[card]]
id = "a/3"
question = ["Q"]
kind = "numerik"

[[card]]
id = "a/4"
question = "Q"
answer = "A"
"#,
    );
    assert_eq!(
        errors(&deck),
        [
            "3:1 a card has no key `promt` (did you mean `question`?)",
            "6:9 `level` must be 1, 2 or 3, not 5 (1 = every candidate, 2 = two years of work, 3 = senior)",
            "12:12 exactly one option must be correct, here 2 are (mark the right one with correct = true)",
            "13:11 `retired` is not a date: \"2026-02-30\" (write it as retired = \"2026-11-22\")",
            "17:12 `question` must be a text in quotes, not a list",
            "18:8 there is no kind \"numerik\" (did you mean \"numeric\"?)",
        ]
    );
    assert_eq!(ids(&deck), ["a/4"]);
    assert_eq!((deck.info.errors, deck.cards[0].entry.position), (6, 3));
    assert_eq!(deck.problems[0].card.as_deref(), Some("a/1"));
}

#[test]
fn a_misspelt_key_gets_a_suggestion() {
    let deck = read("[[card]]\nquesiton = \"Q\"\nanswer = \"A\"\n");
    assert_eq!(errors(&deck), ["2:1 a card has no key `quesiton` (did you mean `question`?)"]);
    let deck = read("[[cards]]\nquestion = \"Q\"\nanswer = \"A\"\n");
    assert!(errors(&deck)[0].ends_with("(did you mean [[card]]?)"), "{:?}", errors(&deck));
    let deck = read("question = \"Q\"\nanswer = \"A\"\n");
    assert!(errors(&deck)[0].ends_with("belongs under a line [[card]])"), "{:?}", errors(&deck));
    let deck =
        read("[[card]]\nkind = \"numeric\"\nquestion = \"Q\"\nnumber = 1\npoints = [\"p\"]\n");
    assert!(
        errors(&deck)[0].contains("belongs to a card with kind = \"open\""),
        "{:?}",
        errors(&deck)
    );
}

#[test]
fn a_syntax_error_costs_only_its_own_card() {
    let text = "[[card]]\nid = \"a\"\nquestion = \"Q\"\nanswer = \"A\"\n\n[[card]]\nid = \"b\"\nquestion = \"한글 질문\nanswer = \"A\"\n\n[[card]]\nid = \"c\"\nquestion = \"Q\"\nanswer = \"A\"\n";
    let deck = read(text);
    assert_eq!(ids(&deck), ["a", "c"]);
    assert_eq!(deck.problems[0].line, 8);
    assert_eq!(deck.cards[1].entry.line, 11);
    assert_eq!(
        errors(&deck),
        [
            "8:18 expected `\"` to close this string (texts over several lines stand between \"\"\" and \"\"\")"
        ]
    );
    assert_eq!((deck.problems[0].card.as_deref(), deck.cards[1].entry.position), (Some("b"), 2));
    let open_end = text.replace("\"한글 질문\n", "\"\"\"한글 질문\n");
    assert_eq!(ids(&read(&open_end)), ["a", "c"]);
    assert!(errors(&read(&open_end))[0].starts_with("8:12 expected `\"\"\"` to close"));
}

#[test]
fn a_syntax_error_hides_no_other_error_before_it() {
    let deck = read(
        "[deck]\nid = \"x\"\nlang = en\n[[card]]\nlevel = 7\nquestion = \"Q\nanswer = \"A\"\n",
    );
    let lines: Vec<u32> = deck.problems.iter().map(|problem| problem.line).collect();
    assert_eq!(lines, [3, 5, 6], "{:?}", errors(&deck));
    assert_eq!(deck.info.id.0, "x");
}

#[test]
fn a_card_header_inside_an_answer_is_text() {
    let card = "[[card]]\nid = \"a\"\nquestion = \"Q\"\nanswer = \"\"\"\nWrite\n[[card]]\nquestion = \"x\"\n\"\"\"\n";
    let text = format!("{card}\n[[card]]\nid = \"b\"\nquestion = \"Q\"\nanswer = \"A\"\n");
    let deck = read(&text);
    assert_eq!(deck.problems, []);
    assert_eq!(ids(&deck), ["a", "b"]);
    assert!(slices_agree(&deck, &text));
    // The same in a file that is broken elsewhere.
    let broken = format!("{text}[[card]]\nid = c\n");
    assert_eq!(ids(&read(&broken)), ["a", "b"]);
    assert!(slices_agree(&read(&broken), &broken));
}

#[test]
fn byte_order_marks_and_windows_line_ends_do_no_harm() {
    let text = format!("\u{feff}{}", SAMPLES.replace('\n', "\r\n"));
    let deck = read(&text);
    assert_eq!(errors(&deck), [""; 0]);
    assert!(slices_agree(&deck, &text));
    let plain = read(SAMPLES);
    for (windows, plain) in deck.cards.iter().zip(&plain.cards) {
        assert_eq!(windows.card, plain.card);
        assert_eq!(windows.entry.question_hash, plain.entry.question_hash);
    }
}

#[test]
fn two_cards_with_one_id_in_a_file_name_the_other_line() {
    let card = "[[card]]\nid = \"a\"\nquestion = \"Q\"\nanswer = \"A\"\n";
    let deck = read(&format!("{card}{card}"));
    assert_eq!(
        errors(&deck),
        [
            "6:6 line 1 has a card with the id \"a\" already (give this card an id of its own, or none)"
        ]
    );
    assert_eq!(deck.cards.len(), 1);
}

#[test]
fn another_format_is_not_guessed_at() {
    let deck = read("format = 2\n[[card]]\nquestion = \"Q\"\nanswer = \"A\"\n");
    assert!(deck.cards.is_empty());
    assert!(errors(&deck)[0].starts_with("1:10 deck format 2 is not known"));
}

#[test]
fn every_kind_says_what_it_needs() {
    for (kind, message) in [
        ("choice", "a card of kind \"choice\" needs `options`"),
        ("order", "a card of kind \"order\" needs `steps`"),
        ("cloze", "a card of kind \"cloze\" needs `cloze`"),
        ("numeric", "a card of kind \"numeric\" needs `number`"),
        ("command", "a card of kind \"command\" needs `accept`"),
        ("open", "this card has no `answer` (add a line such as answer = \"...\")"),
    ] {
        let deck = read(&format!("[[card]]\nkind = \"{kind}\"\nquestion = \"Q\"\n"));
        assert_eq!(errors(&deck), [format!("1:1 {message}")]);
    }
}

#[test]
fn values_that_cannot_be_asked_are_errors() {
    for (fields, message) in [
        ("kind = \"choice\"\noptions = [{ text = \"x\", correct = true }]", "at least 2 options"),
        ("kind = \"order\"\nsteps = [\"one\"]", "at least 2 steps"),
        ("kind = \"cloze\"\ncloze = \"no gap\"", "`cloze` has no gap"),
        ("kind = \"numeric\"\nnumber = nan", "`number` is not a finite number"),
        ("kind = \"numeric\"\nnumber = 1\ntolerance = -1", "must not be negative"),
        ("answer = \"A\"\nreview_by = 2026-11-22", "write dates in quotes"),
        (
            "answer = \"A\"\npoints = [\"a\", \"b\"]\n[card.ko]\npoints = [\"가\"]",
            "1 items here and 2",
        ),
        ("answer = \"A\"\nid = \"~x\"", "must not begin with ~"),
    ] {
        let deck = read(&format!("[[card]]\nquestion = \"Q\"\n{fields}\n"));
        let found = errors(&deck);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains(message), "{found:?}");
        assert!(deck.cards.is_empty());
    }
}

#[test]
fn the_other_kinds_need_no_answer() {
    let deck = read(
        r#"
[[card]]
kind = "order"
question = "Q"
steps = ["a", { text = "b", group = 1 }, { text = "c", group = 1 }, "d"]
[[card]]
kind = "command"
question = "Q"
accept = ["ls -l"]
[[card]]
kind = "cloze"
question = "Fill in"
cloze = "A {{pod|Pod}} runs"
[card.ko]
cloze = "{{파드|pod}}가 돈다"
"#,
    );
    assert_eq!(errors(&deck), [""; 0]);
    assert_eq!(deck.cards.len(), 3);
    let Body::Order { steps } = &deck.cards[0].card.texts.base().body else { panic!() };
    assert_eq!((steps[0].group, steps[2].group), (None, Some(1)));
}

#[test]
fn tags_and_roles_are_known_by_any_of_their_names() {
    let deck = read(
        "[[card]]\nquestion = \"Q\"\nanswer = \"A\"\ntags = [\"모니터링\", \"Observability\", \"my-team\"]\nroles = [\"SRE\"]\n",
    );
    let card = &deck.cards[0].card;
    assert_eq!(card.tags, [Tag("observability".into()), Tag("my-team".into())]);
    assert_eq!(card.roles, [Role("sre".into())]);
    assert_eq!(deck.problems, []);
}

#[test]
fn a_card_is_the_same_read_alone_or_with_its_file() {
    let labels = bundled_labels();
    for (name, text) in FILES.iter().chain([&("samples.toml", SAMPLES)]) {
        let file = FileName { origin: Origin::Bundled, path: (*name).into() };
        let deck = read_deck(&file, text, &labels);
        assert!(slices_agree_with(&deck, text, &labels), "{name}");
    }
}

#[test]
fn cards_that_cannot_stand_alone_have_no_slice() {
    let deck = read("card = [{ question = \"Q\", answer = \"A\" }]\n");
    assert_eq!((deck.cards.len(), deck.cards[0].entry.length), (1, 0));
    let apart = "[[card]]\nquestion = \"Q\"\nanswer = \"A\"\n[deck]\nid = \"d\"\n[card.ko]\nquestion = \"질문\"\n";
    let deck = read(apart);
    assert_eq!((deck.info.errors, deck.cards[0].entry.length), (0, 0));
    assert_eq!(deck.cards[0].entry.title.get(Lang::Ko), "질문");
    let after = "[[card]]\nquestion = \"Q\"\nanswer = \"A\"\n[deck]\nid = \"d\"\n";
    let deck = read(after);
    assert_eq!(deck.cards[0].entry.length, 37);
    assert!(slices_agree(&deck, after));
}

fn slices_agree(deck: &ReadDeck, text: &str) -> bool {
    slices_agree_with(deck, text, &bundled_labels())
}

fn slices_agree_with(deck: &ReadDeck, text: &str, labels: &LabelList) -> bool {
    deck.cards.iter().all(|read| {
        let start = usize::try_from(read.entry.offset).unwrap();
        let slice = &text[start..start + usize::try_from(read.entry.length).unwrap()];
        let (file, id) = (&deck.info.file, &deck.info.id);
        let alone: Card =
            read_card(file, id, deck.info.lang, slice, read.entry.line, labels).unwrap();
        alone == read.card
    })
}

#[test]
fn a_slice_that_is_no_card_is_refused() {
    for slice in ["", "question = \"Q\"", "[deck]\nid = \"x\"", "[[card]]\n[[card]]\n", "[[card]\n"]
    {
        let labels = LabelList::default();
        let deck = crate::domain::deck::DeckId("mine".into());
        assert!(read_card(&user_file(), &deck, Lang::En, slice, 1, &labels).is_err(), "{slice}");
    }
}

#[test]
fn a_cloze_with_another_number_of_gaps_in_korean_is_an_error() {
    let card = |korean: &str| {
        format!(
            "[[card]]\nid = \"x/y\"\nkind = \"cloze\"\nquestion = \"Q\"\nanswer = \"A\"\n\
             cloze = \"{{{{one}}}} and {{{{two}}}}\"\n[card.ko]\nquestion = \"질문\"\nanswer = \"답\"\n\
             cloze = \"{korean}\"\n"
        )
    };
    let fine = read(&card("{{하나}}와 {{둘}}"));
    assert_eq!((errors(&fine), ids(&fine)), (Vec::new(), vec!["x/y"]));
    for wrong in ["{{하나}}", "{{하나}}, {{둘}}, {{셋}}"] {
        let deck = read(&card(wrong));
        let found = errors(&deck);
        assert!(found.len() == 1 && found[0].starts_with("7:"), "{found:?}");
        assert!(found[0].contains("and 2 in the base language"), "{found:?}");
    }
}
