//! Cards and decks as TOML text: what `prep new` and `prep add` write.

use std::fmt::Write;

use crate::domain::card::CardId;
use crate::domain::lang::Lang;
use crate::domain::new_card::NewCard;

/// Letters above which a text gets lines of its own.
const ONE_LINE: usize = 88;

/// The text of a new card, from its header on.
pub fn card_text(card: &NewCard, id: &CardId) -> String {
    let mut lines = vec!["[[card]]".to_owned(), format!("id = {}", quoted(&id.0))];
    lines.extend(card.level.map(|level| format!("level = {}", level.get())));
    if !card.tags.is_empty() {
        let tags: Vec<String> = card.tags.iter().map(|tag| quoted(tag)).collect();
        lines.push(format!("tags = [{}]", tags.join(", ")));
    }
    lines.push(format!("question = {}", value(&card.question)));
    lines.push(format!("answer = {}", value(&card.answer)));
    if !card.points.is_empty() {
        lines.push("points = [".to_owned());
        lines.extend(card.points.iter().map(|point| format!("  {},", quoted(point))));
        lines.push("]".to_owned());
    }
    lines.join("\n") + "\n"
}

/// A file's text with a card added at its end, in the line ends of the file.
pub fn with_card(file: &str, card: &str) -> String {
    let is_windows = file.contains("\r\n");
    let file = file.trim_end();
    let gap = if file.is_empty() { "" } else { "\n\n" };
    let text = format!("{}{gap}{card}", file.replace("\r\n", "\n"));
    if is_windows { text.replace('\n', "\r\n") } else { text }
}

/// What stands at the head of a new deck.
#[derive(Clone, Copy, Debug)]
pub struct DeckHead<'a> {
    /// The deck's id.
    pub id: &'a str,
    /// Its title.
    pub title: &'a str,
    /// Its base language.
    pub lang: Lang,
    /// Where the schema lies, seen from the file.
    pub schema: &'a str,
}

/// The head of a new deck, up to its first card.
pub fn deck_head(head: DeckHead<'_>) -> String {
    let DeckHead { id, title, lang, schema } = head;
    let (id, title, lang) = (quoted(id), quoted(title), lang.code());
    format!(
        "#:schema {schema}\nformat = 1\n\n[deck]\nid = {id}\ntitle = {title}\nlang = \"{lang}\"\n"
    )
}

/// What a new deck says after its head: how cards are written, as comments, in the language of the deck.
pub const fn deck_guide(lang: Lang) -> &'static str {
    match lang {
        Lang::En => GUIDE,
        Lang::Ko => GUIDE_KO,
    }
}

const GUIDE: &str = r#"
# Each card begins with [[card]]. A question and an answer are enough; everything else is optional.
# `prep check` shows what is wrong, `prep check --fix` writes the missing ids, `prep schema` knows every field.
#
# [[card]]
# tags = ["networking"]
# level = 1                  # 1 every candidate, 2 two years of work, 3 senior
# question = "What happens between typing a URL and the first byte?"
# answer = """
# One to two minutes of speech: the verdict first, then how it works, an example, the limits.
# Write a backslash as \\.
# """
# points = [                 # three to six facts that a good answer mentions
#   "DNS gives the address",
#   "TCP and TLS handshakes come before the request",
# ]
#
# Other kinds: kind = "choice", "cloze", "order", "numeric", "command".
# Korean beside English: a table [card.ko] after the card, with question, answer and points again.
"#;

const GUIDE_KO: &str = r#"
# 카드마다 [[card]]로 시작합니다. 질문과 답만 있으면 되고 나머지는 없어도 됩니다.
# `prep check`는 고칠 곳을 알려 주고, `prep check --fix`는 빠진 id를 써 줍니다. 모든 필드는 `prep schema`에 있습니다.
#
# [[card]]
# tags = ["networking"]
# level = 1                  # 1 모든 지원자, 2 경력 2년, 3 시니어
# question = "주소창에 URL을 입력하면 어떤 일이 일어나나요?"
# answer = """
# 말로 1~2분 분량입니다. 결론부터 말하고 원리, 예, 한계 순서로 적습니다.
# 백슬래시는 \\로 적습니다.
# """
# points = [                 # 좋은 답에 들어갈 핵심 항목 3~6개
#   "DNS로 주소를 알아낸다",
#   "요청 전에 TCP와 TLS 핸드셰이크를 한다",
# ]
#
# 다른 종류: kind = "choice", "cloze", "order", "numeric", "command".
# 영어도 함께 쓰려면 카드 뒤에 [card.en] 표를 두고 question, answer, points를 다시 적습니다.
"#;

/// A text as a TOML value: on one line, or on lines of its own where it is long.
fn value(text: &str) -> String {
    let text = text.trim();
    if !text.contains('\n') && text.chars().count() <= ONE_LINE {
        return quoted(text);
    }
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => escaped.push_str("\\\\"),
            '\n' | '\t' => escaped.push(c),
            c => push_escaped(&mut escaped, c),
        }
    }
    // Three quotation marks would end the text, also where the last one is its own.
    let escaped = escaped.replace("\"\"\"", "\"\"\\\"");
    format!("\"\"\"\n{escaped}\n\"\"\"")
}

/// A text on one line as a TOML value.
pub fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for c in text.trim().chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c => push_escaped(&mut quoted, c),
        }
    }
    quoted.push('"');
    quoted
}

/// TOML has no control characters.
fn push_escaped(text: &mut String, c: char) {
    if c.is_control() {
        // Writing to a string cannot fail.
        let _ = write!(text, "\\u{:04X}", u32::from(c));
    } else {
        text.push(c);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{ProptestConfig, proptest};

    use super::{DeckHead, card_text, deck_guide, deck_head, with_card};
    use crate::decks::format::read_deck;
    use crate::decks::text::clean;
    use crate::domain::card::{Body, CardId};
    use crate::domain::deck::{FileName, Origin};
    use crate::domain::lang::Lang;
    use crate::domain::new_card::NewCard;
    use crate::domain::tag::LabelList;

    fn read(text: &str) -> crate::decks::format::ReadDeck {
        let file = FileName { origin: Origin::User, path: "mine.toml".into() };
        read_deck(&file, text, &LabelList::default())
    }

    fn is_read_back(question: &str, answer: &str, point: &str) {
        let card = NewCard {
            question: question.into(),
            answer: answer.into(),
            points: vec![point.into()],
            ..NewCard::default()
        };
        let text = with_card("format = 1\r\n", &card_text(&card, &CardId("x/y".into())));
        let deck = read(&text);
        assert_eq!(deck.info.errors, 0, "{text}\n{:?}", deck.problems);
        let back = deck.cards[0].card.texts.base();
        assert_eq!(back.question, clean(question.trim()), "{text}");
        assert_eq!(back.answer, clean(answer.trim()), "{text}");
        let Body::Open { points } = &back.body else { panic!("an open card") };
        assert_eq!(points[0].text, clean(point.trim()));
    }

    #[test]
    fn what_is_hard_to_quote_is_read_back_as_it_was() {
        let hard =
            "a \"quoted\" C:\\temp\\new \"\"\" and '''\n\t[[card]]\nid = \"no\"\n한글 \"\"\"\"";
        is_read_back(hard, hard, "C:\\x \"y\"");
        is_read_back("한 줄", &"길다 ".repeat(60), "요점");
    }

    #[test]
    fn a_new_deck_is_read_without_a_problem_and_its_example_too() {
        for lang in [Lang::En, Lang::Ko] {
            let head = DeckHead { id: "mine", title: "나의 \"덱\"", lang, schema: "./x.json" };
            let text = format!("{}{}", deck_head(head), deck_guide(lang));
            let deck = read(&text);
            assert_eq!((deck.problems.len(), deck.cards.len(), deck.info.lang), (0, 0, lang));
            let example: Vec<&str> = deck_guide(lang)
                .lines()
                .skip_while(|line| *line != "# [[card]]")
                .take_while(|line| *line != "#")
                .map(|line| line.trim_start_matches("# "))
                .collect();
            let deck = read(&format!("{}{}\n", deck_head(head), example.join("\n")));
            assert_eq!((deck.info.errors, deck.cards.len()), (0, 1), "{:?}", deck.problems);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_text_is_read_back(question in "[a-z가-힣][\\PC\n\t\"'\\\\]{0,40}[a-z]", answer in "[a-z][\\PC\n\"\\\\]{0,120}[a-z]") {
            is_read_back(&question, &answer, "x");
        }
    }
}
