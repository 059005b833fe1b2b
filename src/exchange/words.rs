//! How a question is told from other text in English and Korean: what stands before it, how it begins, how it ends, and headings that are none.

/// Words with which an English question or task begins.
const BEGINNINGS: &[&str] = &[
    "what",
    "what's",
    "whats",
    "why",
    "how",
    "when",
    "where",
    "which",
    "who",
    "whose",
    "whom",
    "is",
    "are",
    "am",
    "was",
    "were",
    "do",
    "does",
    "did",
    "can",
    "could",
    "should",
    "would",
    "will",
    "have",
    "has",
    "had",
    "may",
    "explain",
    "describe",
    "list",
    "name",
    "define",
    "compare",
    "tell",
    "give",
    "write",
    "implement",
    "create",
    "discuss",
    "differentiate",
    "distinguish",
    "mention",
    "state",
    "show",
    "elaborate",
    "outline",
    "identify",
    "suppose",
    "imagine",
    "given",
    "difference",
    "differences",
    "in which",
    "in what",
    "for what",
    "walk",
    "demonstrate",
    "true",
    "choose",
    "select",
    "complete",
    "briefly",
    "please",
    "you",
];

/// Of those, words with which a sentence that asks nothing begins just as often.
const VAGUE: &[&str] = &[
    "is", "are", "was", "were", "have", "has", "had", "do", "can", "will", "may", "when", "where",
    "show", "list", "create", "write", "name", "state", "given", "you", "complete",
];

/// How a Korean question or task ends, sentence mark taken off.
const ENDINGS: &[&str] = &[
    "인가요",
    "인가",
    "나요",
    "가요",
    "까요",
    "니까",
    "는지",
    "은지",
    "ㄴ지",
    "란",
    "이란",
    "무엇",
    "뭔가",
    "뭘까",
    "뭐죠",
    "인지",
    "하시오",
    "하세요",
    "주세요",
    "보세요",
    "보시오",
    "으시오",
    "시오",
    "해라",
    "해봐라",
    "봅시다",
    "말해보기",
    "설명",
    "비교",
    "차이",
    "차이점",
    "이유",
    "차이는",
    "이유는",
    "방법은",
    "장점은",
    "단점은",
    "장단점은",
    "특징은",
    "종류는",
    "과정은",
    "원리는",
    "목적은",
    "역할은",
    "의미는",
    "경우는",
    "는가",
    "은가",
];

/// Headings of parts of a document that are no questions.
const NO_QUESTIONS: &[&str] = &[
    "table of contents",
    "contents",
    "toc",
    "index",
    "license",
    "licence",
    "licensing",
    "contributing",
    "contribution",
    "contributions",
    "contributors",
    "credits",
    "acknowledgements",
    "acknowledgments",
    "references",
    "reference",
    "resources",
    "useful resources",
    "useful links",
    "links",
    "further reading",
    "additional resources",
    "additional links",
    "additional reading",
    "see also",
    "related",
    "related topics",
    "sponsors",
    "sponsor",
    "support",
    "donate",
    "foreword",
    "preface",
    "introduction",
    "about",
    "overview",
    "prerequisites",
    "requirements",
    "installation",
    "install",
    "setup",
    "getting started",
    "usage",
    "changelog",
    "faq",
    "disclaimer",
    "authors",
    "author",
    "maintainers",
    "community",
    "feedback",
    "contact",
    "stargazers",
    "star history",
    "summary",
    "conclusion",
    "notes",
    "note",
    "home",
    "how to contribute",
    "how to use",
    "how to use this repository",
    "how to use this repo",
    "what is this",
    "what's your goal",
    "목차",
    "차례",
    "참고",
    "참고 자료",
    "참고자료",
    "참고 링크",
    "출처",
    "기여",
    "기여하기",
    "기여 방법",
    "라이선스",
    "라이센스",
    "소개",
    "머리말",
    "서문",
    "개요",
    "정리",
    "요약",
    "reference site",
    "special thanks to",
    "information",
];

/// What stands on the fold of an answer instead of a question.
const REVEALS: &[&str] = &[
    "answer",
    "answers",
    "view answer",
    "show answer",
    "see answer",
    "see the answer",
    "click here to see the answer",
    "solution",
    "view solution",
    "show solution",
    "see solution",
    "reveal",
    "reveal answer",
    "click me",
    "click to expand",
    "click to see",
    "click here",
    "click to reveal",
    "click to view",
    "expand",
    "show",
    "show more",
    "see more",
    "read more",
    "more",
    "details",
    "view details",
    "view contents",
    "view content",
    "contents",
    "hint",
    "example",
    "code",
    "show code",
    "explanation",
    "see deep-dive answer",
    "see class",
    "see function",
    "see code",
    "answer key",
    "spoiler",
    "spoilers",
    "toggle",
    "output",
    "답",
    "정답",
    "답변",
    "답 보기",
    "정답 보기",
    "답변 보기",
    "답안",
    "모범 답안",
    "정답 확인",
    "해설",
    "풀이",
    "펼치기",
    "접기/펼치기",
    "보기",
    "자세히",
    "자세히 보기",
];

/// Labels before a question or an answer, without the number.
const QUESTION_LABELS: &[&str] = &["question", "질문", "문제", "문항", "q", "문"];
const ANSWER_LABELS: &[&str] = &["answer", "답변", "정답", "모범답안", "답안", "a", "답", "ans"];

/// A label such as `Q1.`, `**Answer:**` or `질문 3)`: what it is, its number and what follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labelled<'a> {
    /// Whether a question or an answer follows.
    pub is_question: bool,
    /// The letter alone, as `Q` and `A`; a dot after it may also begin an option.
    pub is_letter: bool,
    /// The sign after the label.
    pub sign: char,
    /// Whether there is a number.
    pub has_number: bool,
    /// What follows on the line, with the bold marks that the label opened taken off.
    pub rest: &'a str,
}

/// Reads the label at the beginning of a line.
pub fn label_of(line: &str) -> Option<Labelled<'_>> {
    let inner = line.trim_start();
    let stripped = inner.trim_start_matches(['*', '_']);
    let marks = &inner[..inner.len() - stripped.len()];
    let inner = stripped.trim_start_matches(['[', '(']);
    let (word, is_question) = known_label(inner)?;
    let after = &inner[word..];
    let numbered = after.trim_start_matches([' ', '#', '.', '-']);
    let digits = numbered.bytes().take_while(u8::is_ascii_digit).count();
    let has_number = (1..=4).contains(&digits);
    let after = if has_number { &numbered[digits..] } else { after };
    let after = after.trim_start_matches([']', ' ']);
    let closed = after.trim_start_matches(['*', '_']);
    let sign = closed.chars().next().filter(|c| matches!(c, ':' | '.' | ')' | '：' | '-' | '>'))?;
    let is_letter = inner.starts_with(['q', 'a', 'Q', 'A']) && word == 1;
    if matches!(sign, '-' | '>') && !has_number {
        return None;
    }
    if is_letter && inner.starts_with(['q', 'a']) && sign != ':' {
        return None;
    }
    if !is_letter && !has_number && !matches!(sign, ':' | '：') {
        return None;
    }
    let rest = closed[sign.len_utf8()..].trim_start();
    // `**Q:** text` closes its marks behind the sign, `**Q: text**` at the end.
    let rest = match rest.strip_prefix(marks).filter(|_| !marks.is_empty()) {
        Some(rest) => rest,
        None if after.len() == closed.len() => without_end(rest, marks),
        None => rest,
    };
    Some(Labelled { is_question, is_letter, sign, has_number, rest: rest.trim() })
}

/// A text without the bold marks at its end that were opened before it.
fn without_end<'a>(text: &'a str, marks: &str) -> &'a str {
    let text = text.trim_end();
    if marks.is_empty() { text } else { text.strip_suffix(marks).unwrap_or(text) }
}

fn known_label(text: &str) -> Option<(usize, bool)> {
    let labels = QUESTION_LABELS.iter().map(|label| (*label, true));
    let answers = ANSWER_LABELS.iter().map(|label| (*label, false));
    labels.chain(answers).find_map(|(label, is_question)| {
        let head = text.get(..label.len())?;
        let next = text[label.len()..].chars().next();
        let ends = next.is_some_and(|c| !c.is_alphabetic());
        (head.eq_ignore_ascii_case(label) && ends).then_some((label.len(), is_question))
    })
}

/// A heading or bold line that only names what follows: `Answer`, `정답:`.
pub fn is_answer_heading(text: &str) -> bool {
    let text = bare(text);
    let word = text.trim_end_matches([':', '：', '.', ' ']);
    let numbered = ["solution ", "answer ", "풀이 ", "해설 "].iter().any(|start| {
        text.strip_prefix(start)
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit() || c == '('))
    });
    let is_word = numbered || ANSWER_LABELS.contains(&word) && word != "a";
    is_word
        || matches!(
            word,
            "solution" | "solutions" | "풀이" | "해설" | "sample answer" | "model answer"
        )
        || ["answer:", "answer ", "정답:", "답:"]
            .iter()
            .any(|start| text.starts_with(start) && text.len() < 40)
}

/// A heading that only names what follows: `Question`.
pub fn is_question_heading(text: &str) -> bool {
    let text = bare(text);
    QUESTION_LABELS.contains(&text.trim_end_matches([':', '：', '.', ' ']))
}

/// Whether the fold of an answer names no question of its own.
pub fn is_reveal(text: &str) -> bool {
    let text = bare(text);
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    REVEALS.contains(&text)
        || (text.chars().count() <= 40
            && ["click ", "tap ", "view ", "show ", "see ", "reveal ", "toggle ", "expand "]
                .iter()
                .any(|start| text.starts_with(start))
            && !text.ends_with('?'))
        || (text.chars().count() <= 14 && text.ends_with("보기"))
}

/// Whether a heading names a part of the document that is no question.
pub fn is_no_question(text: &str) -> bool {
    let bare = bare(text);
    let text = bare.trim_matches(|c: char| !c.is_alphanumeric());
    NO_QUESTIONS.contains(&text)
        || text.ends_with("table of contents")
        || is_answer_heading(&bare)
        || is_question_heading(&bare)
}

/// Lower case without markup, numbers and signs at the beginning.
fn bare(text: &str) -> String {
    let text = without_number(text);
    let plain: String = text.chars().filter(|c| !matches!(c, '*' | '_' | '`' | '#')).collect();
    let plain =
        plain.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, ':' | '?' | '\''));
    plain.trim().to_lowercase()
}

/// Whether a line asks something or sets a task; `is_sure` also wants a sign that no statement has.
pub fn asks(text: &str, is_sure: bool) -> bool {
    if label_of(text).is_some_and(|label| label.is_question) {
        return true;
    }
    let bare = bare(text);
    let plain = bare.trim_end_matches(['.', '!', ' ', '*', ':', ')']);
    let end = text.trim_end_matches(['*', '_', '`', ' ', ')', '"', '”', '.', ']']);
    if end.ends_with(['?', '？']) || (text.contains("? ") && text.chars().count() < 240) {
        return true;
    }
    if ENDINGS.iter().any(|ending| plain.ends_with(ending)) && has_hangul(plain) {
        return !is_sure || !matches!(last_word(plain), "란" | "설명" | "비교" | "차이" | "이유");
    }
    let first = plain.split_whitespace().next().unwrap_or_default();
    let first = first.trim_matches(|c: char| !c.is_alphanumeric() && c != '\'');
    let words = plain.split_whitespace().count();
    BEGINNINGS.contains(&first) && words >= 2 && !(is_sure && VAGUE.contains(&first))
}

fn last_word(text: &str) -> &str {
    text.split_whitespace().next_back().unwrap_or_default()
}

/// Whether a text has Hangul in it.
pub fn has_hangul(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '가'..='힣'))
}

/// A text without `1.`, `12)`, `(3)`, `#4`, `Q5.` and the like at its beginning.
pub fn without_number(text: &str) -> &str {
    let trimmed = text.trim_start_matches(['*', '_', ' ']);
    let inner = trimmed.trim_start_matches(['(', '[', '#', ' ']);
    let digits = inner.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
    let number = inner[..digits].trim_end_matches('.');
    let rest = &inner[digits..];
    let has_sign = inner[..digits].ends_with('.') || rest.starts_with([')', ']', ':', '-', '、']);
    let is_number =
        !number.is_empty() && number.len() <= 6 && number.bytes().any(|b| b.is_ascii_digit());
    let has_hash = trimmed.len() != inner.len();
    // `3.x` and `2FA` are words.
    let ends = rest.starts_with([' ', ')', ']', ':', '-', '*', '\u{a0}'])
        || (has_sign && !rest.starts_with(char::is_alphanumeric))
        || (inner[..digits].ends_with('.')
            && rest.starts_with(|c: char| c.is_alphabetic() && !c.is_ascii_lowercase()));
    if is_number && ends && (has_sign || has_hash) {
        return rest.trim_start_matches([')', ']', '.', ':', '-', ' ', '\u{a0}']);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{asks, is_answer_heading, is_no_question, is_reveal, label_of, without_number};

    #[test]
    fn questions_are_told_from_other_text_in_both_languages() {
        for question in [
            "What is a pod",
            "Explain the OSI model.",
            "TCP와 UDP의 차이",
            "가비지 컬렉션이란?",
            "데드락이란",
            "쿠버네티스가 무엇인가요",
            "HTTPS에 대해 설명해주세요.",
            "1. How does DNS work",
            "**Q3. Name two shells**",
        ] {
            assert!(asks(question, false), "{question}");
        }
        for statement in
            ["Pods", "Kubernetes Commands", "서비스", "Back to top", "Network - Misc", "Hoisting"]
        {
            assert!(!asks(statement, false), "{statement}");
        }
    }

    #[test]
    fn labels_are_read_in_their_many_forms() {
        for (line, rest) in [
            ("Q: What?", "What?"),
            ("**Q1. What?**", "What?"),
            ("**Q:** What?", "What?"),
            ("Question 12: What?", "What?"),
            ("질문 3) 무엇?", "무엇?"),
            ("Q. What?", "What?"),
            ("[Question] x", ""),
        ] {
            let label = label_of(line);
            if rest.is_empty() {
                assert_eq!(label, None);
            } else {
                let label = label.unwrap();
                assert!(label.is_question && label.rest == rest, "{line} {label:?}");
            }
        }
        assert_eq!(label_of("A: It is").map(|label| label.is_question), Some(false));
        assert_eq!(label_of("정답: 3").map(|label| label.rest), Some("3"));
        for none in ["Queue: a list", "A pod is", "answers are", "Quick. Fast", "a. first"] {
            assert_eq!(label_of(none), None, "{none}");
        }
    }

    #[test]
    fn numbers_go_and_words_with_digits_stay() {
        assert_eq!(without_number("12. What"), "What");
        assert_eq!(without_number("(3) What"), "What");
        assert_eq!(without_number("# 4. What"), "What");
        assert_eq!(without_number("2FA is"), "2FA is");
        assert_eq!(without_number("3.11 is new"), "3.11 is new");
        assert_eq!(without_number("7 layers"), "7 layers");
    }

    #[test]
    fn folds_and_headings_without_a_question_are_known() {
        assert!(is_reveal("<b>Answer</b>".trim_matches(['<', '>'])) || is_reveal("**Answer**"));
        assert!(
            is_reveal("Click to expand!") && is_reveal("정답 보기") && !is_reveal("What is it?")
        );
        assert!(
            is_no_question("## Table of Contents")
                && is_no_question("📚 참고")
                && !is_no_question("Hoisting")
        );
        assert!(is_answer_heading("Answer: D") && !is_answer_heading("Answering machines"));
    }
}
