//! Whole files in, cards out: small banks in the ways that people write them, broken ones, and noise.

use proptest::prelude::{ProptestConfig, any, proptest};

use super::{Format, Imported, ImportedCard, Reading, SkipReason, read};

fn import(name: &str, bytes: &[u8]) -> Imported {
    import_as(name, bytes, Format::Auto)
}

fn import_as(name: &str, bytes: &[u8], format: Format) -> Imported {
    read(name, bytes, &Reading { format, ..Reading::default() }).expect("a text")
}

fn cards(imported: &Imported) -> Vec<&ImportedCard> {
    imported.decks.iter().flat_map(|deck| &deck.cards).collect()
}

/// Line, question and the first line of the answer of every card.
fn listed(imported: &Imported) -> Vec<(u32, &str, &str)> {
    cards(imported)
        .into_iter()
        .map(|card| {
            let question = card.cloze.as_deref().unwrap_or(&card.question);
            (
                card.origin.line,
                question.lines().next().unwrap_or(""),
                card.answer.lines().next().unwrap_or(""),
            )
        })
        .collect()
}

#[test]
fn folds_are_read_however_they_are_written() {
    let imported = import("bank/folds.md", include_bytes!("fixtures/folds.md"));
    assert_eq!(
        listed(&imported),
        [
            (8, "What is an image?", "A read-only template. See the guide and (layers)."),
            (19, "What is a `layer`?", "A change of the file system."),
            (19, "Who builds it?", "The builder."),
            (22, "Name the states:", "They follow each other."),
            (31, "Unanswered so far", ""),
            (35, "How does an unclosed fold end?", "Where the next one begins."),
            (40, "Is this one apart?", "Yes."),
            (51, "What is a bridge?", "A virtual switch."),
            (57, "What is an overlay?", "A network over hosts."),
            (69, "Why is there no fold around me?", "Because somebody forgot it."),
            (74, "Which summary is missing here?", "[Answer] This one."),
            (81, "Why is this heading a question?", "Because the fold names none."),
        ]
    );
    let cards = cards(&imported);
    assert!(cards[0].answer.contains("# not a heading\ndocker images   # <details>"), "code stays");
    assert!(cards[8].answer.contains("`docker network create"), "an example is part of the answer");
    assert_eq!(cards[7].tags, ["folds", "networking", "groups"]);
    assert_eq!(imported.notes, ["docs/guide.md", "img/layers.png"]);
    assert_eq!((imported.found, imported.skipped.len()), (12, 0));
}

#[test]
fn headings_are_questions_where_the_page_says_so() {
    let imported = import("headings.md", include_bytes!("fixtures/headings.md"));
    assert_eq!(
        listed(&imported),
        [
            (8, "What is one?", "The first."),
            (18, "What is two?", "More than one."),
            (28, "Two versus three", "Among questions this is one too."),
            (32, "Find the fault", "Look at the logs of the last container."),
        ]
    );
    let cards = cards(&imported);
    assert!(cards[0].answer.ends_with("| 1 | 2 |"), "the table stays, the way back goes");
    assert!(cards[1].answer.contains("What is a heading inside an answer?"));
    assert_eq!(cards[3].question, "Find the fault\n\nThe pod restarts. Why?");
}

#[test]
fn a_korean_bank_with_quoted_answers_is_read() {
    let imported = import("면접/korean.md", include_bytes!("fixtures/korean.md"));
    assert_eq!(
        listed(&imported),
        [
            (7, "데드락이란?", "서로 기다리는 상태  "),
            (15, "프로세스와 스레드 차이", "프로세스는 메모리가 따로다."),
            (19, "Call by Value vs Call by Reference", "값을 복사한다."),
            (23, "사용자 스레드란?", ""),
        ]
    );
    assert_eq!(cards(&imported)[0].tags, ["korean", "운영체제", "면접-질문"]);
    assert_eq!(imported.decks[0].name, "면접::korean");
}

#[test]
fn labels_lists_bold_lines_quotations_and_tables_stand_side_by_side() {
    let imported = import("mixed.md", include_bytes!("fixtures/mixed.md"));
    assert_eq!(
        listed(&imported),
        [
            (3, "What is ATP?", "The cell's currency."),
            (7, "What is a mole?", "A number of things."),
            (11, "물은 무엇인가요?", "H2O"),
            (14, "Which one?", "B"),
            (21, "What is a socket?", "- An end point."),
            (23, "What is a port?", "A number."),
            (26, "Why do ports exist?", ""),
            (30, "Which list item has a sub-list?", "- This one"),
            (34, "What is bold?", "Text that stands out."),
            (38, "Is this a question with a quotation?", "Yes it is."),
            (43, "What is a table?", "Rows and `a | b`"),
            (44, "Who asks?", ""),
            (46, "What is on one line?", "Both of them."),
            (47, "Why?", "because"),
            (49, "What is a heading among others?", "It counts too."),
            (53, "What follows it?", "This."),
        ]
    );
}

#[test]
fn decks_of_hashcards_and_repeater_are_read_by_their_own_rules() {
    let text = include_bytes!("fixtures/hashcards.md");
    let imported = import_as("deck.md", text, Format::Hashcards);
    let cloze = "An {{agonist}} binds to a receptor and {{activates it}}, see [this](https://x.y).";
    assert_eq!(
        listed(&imported),
        [
            (7, "How many neurons are there?", "About 80 billion."),
            (10, cloze, ""),
            (14, "The command `a[0]` renders as {{code}}.", ""),
            (19, "No answer yet?", "what style::remnote style"),
        ]
    );
    assert_eq!(imported.decks[0].name, "Cell biology");
    let skipped: Vec<(u32, SkipReason)> =
        imported.skipped.iter().map(|it| (it.line, it.why)).collect();
    assert_eq!(skipped, [(12, SkipReason::BadCloze)]);
    let repeater = import_as("deck.md", text, Format::Repeater);
    assert!(listed(&repeater).contains(&(19, "No answer yet?", "what style::remnote style")));
    let line = import_as("deck.md", b"what style::remnote style\n", Format::Repeater);
    assert_eq!(listed(&line), [(1, "what style", "remnote style")]);
}

#[test]
fn a_second_reading_gives_the_same_names_and_twins_get_their_own() {
    let text = b"## What is it?\n\nA\n\n## What is it?\n\nB\n";
    let (first, second) = (import("a.md", text), import("a.md", text));
    assert_eq!(first, second);
    let names: Vec<&str> = cards(&first).iter().map(|card| card.source_id.as_str()).collect();
    assert_eq!(names.len(), 2);
    assert_ne!(names[0], names[1]);
    let moved = import("a.md", b"intro\n\n## **What is it?**\n\nA new answer\n");
    assert_eq!(cards(&moved)[0].source_id, names[0], "neither line nor markup is part of the name");
}

#[test]
fn a_licence_that_the_file_states_stays_on_its_cards() {
    let imported = import("a.md", b"Under CC BY-NC-ND 3.0.\n\n## What is it?\n\nA thing\n");
    assert_eq!(cards(&imported)[0].origin.license.as_deref(), Some("CC BY-NC-ND"));
}

#[test]
fn nothing_from_outside_reaches_the_terminal() {
    let text = "## What is \u{1b}[31mred\u{1b}[0m?\n\nA &#27;[2J b\u{7}\u{202e} <b onclick='x'>c</b>\u{9b}31m\n";
    let imported = import("a.md", text.as_bytes());
    for card in cards(&imported) {
        let all = format!("{}{}", card.question, card.answer);
        assert!(!all.chars().any(|c| c.is_control() && c != '\n'), "{all:?}");
        assert!(all.contains("red") && !all.contains('\u{202e}'));
    }
}

#[test]
fn a_file_without_a_question_says_so() {
    let imported = import("notes.md", b"# Diary\n\nIt rained.\n");
    assert_eq!(imported.skipped[0].why, SkipReason::NoQuestions);
    assert!(imported.decks.is_empty());
}

#[test]
fn deep_nesting_and_endless_lines_are_read_in_bounded_time() {
    let many = 10_000;
    let nested = format!(
        "{}x{}",
        "<details><summary>Q?</summary>a ".repeat(many),
        "</details>".repeat(many)
    );
    let open = "<details><summary>What is it?</summary>\nanswer\n".repeat(1_000);
    let quotes = format!("## What is it?\n\n{} x\n", ">".repeat(100_000));
    let lists: Vec<String> =
        (0..1_000).map(|depth| format!("{}- What is it?\n", " ".repeat(depth))).collect();
    let lists = lists.concat();
    let brackets = format!("## What is it?\n\n{}\n", "[".repeat(20_000));
    let ticks = "```a\n# h\n".repeat(2_000);
    let stars = format!("**{}", "<b>".repeat(50_000));
    let opened = "## What is it?\n<!-- ".repeat(2_000);
    for text in [nested, open, quotes, lists, brackets, ticks, stars, opened] {
        import("deep.md", text.as_bytes());
        import_as("deep.csv", text.as_bytes(), Format::Csv);
        import_as("deep.txt", text.as_bytes(), Format::Quizlet);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        for format in [Format::Auto, Format::Csv, Format::Quizlet] {
            let _ = read("a.md", &bytes, &Reading { format, ..Reading::default() });
        }
    }

    #[test]
    fn no_mixture_of_marks_panics(text in "(<details>|</details>|<summary>|</summary>|<b>|</b>|<br>|```|~~~|`|Q: |A: |C: \\[x\\] |C: |## |1\\. |- |  |> |\\||---\n|\n|\\[a\\]\\(b\\)|!\\[|\\*\\*|가|é|\\?|x|::|\t|,|\"|&lt;|<!--|-->){0,60}") {
        for format in [Format::Auto, Format::Hashcards, Format::Repeater, Format::Csv, Format::Quizlet] {
            let imported = read("a.md", text.as_bytes(), &Reading { format, ..Reading::default() });
            let imported = imported.expect("a text");
            let cards: usize = imported.decks.iter().map(|deck| deck.cards.len()).sum();
            let skipped = imported.skipped.iter().filter(|it| it.why != SkipReason::NoQuestions).count();
            assert_eq!(imported.found, cards + skipped, "every question is a card or is told of");
        }
    }
}
