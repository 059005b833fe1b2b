//! A crude look at words: does an English answer say what its key points promise, and is a `match` too common to show anything.

/// Words that carry no fact of their own.
const STOP_WORDS: [&str; 59] = [
    "about", "after", "all", "also", "and", "are", "because", "before", "being", "between", "both",
    "but", "can", "cannot", "does", "each", "else", "even", "every", "for", "from", "has", "have",
    "how", "into", "its", "itself", "just", "more", "most", "much", "must", "never", "not", "off",
    "one", "only", "other", "out", "over", "own", "same", "says", "some", "such", "than", "that",
    "the", "their", "them", "then", "they", "this", "was", "when", "who", "why", "with", "without",
];

/// Words that occur in almost any answer.
const GENERIC_WORDS: [&str; 36] = [
    "application",
    "change",
    "client",
    "data",
    "error",
    "fast",
    "good",
    "less",
    "many",
    "more",
    "need",
    "new",
    "problem",
    "request",
    "run",
    "server",
    "service",
    "slow",
    "start",
    "state",
    "stop",
    "system",
    "time",
    "traffic",
    "use",
    "user",
    "work",
    "데이터",
    "문제",
    "사용",
    "서버",
    "서비스",
    "시간",
    "시스템",
    "요청",
    "필요",
];

/// The share of a point's content words, in percent, that occur in the answer; `None` if the point has too few words to tell.
pub fn covered_percent(point: &str, answer: &[String]) -> Option<usize> {
    let wanted: Vec<String> = words(point).into_iter().filter(|word| is_content(word)).collect();
    if wanted.len() < 3 {
        return None;
    }
    let found = wanted.iter().filter(|word| answer.iter().any(|said| is_like(word, said))).count();
    Some(found * 100 / wanted.len())
}

/// The same for Korean, where words change their ends: a word is said when its first two syllables are. A word of another script
/// counts whole.
pub fn covered_percent_korean(point: &str, answer: &str) -> Option<usize> {
    let answer: String = answer.to_lowercase().split_whitespace().collect();
    let wanted: Vec<String> = words(point)
        .iter()
        .filter(|word| word.chars().count() >= 2)
        .map(|word| if is_hangul(word) { word.chars().take(2).collect() } else { word.clone() })
        .collect();
    if wanted.len() < 3 {
        return None;
    }
    let said = wanted.iter().filter(|word| answer.contains(word.as_str())).count();
    Some(said * 100 / wanted.len())
}

fn is_hangul(word: &str) -> bool {
    word.starts_with(|c| ('\u{ac00}'..='\u{d7a3}').contains(&c))
}

/// The words of a text, lower case.
pub fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// Whether a word of every `match` group stands in the answer.
pub fn all_groups_occur(groups: &[Vec<String>], answer: &str) -> bool {
    let answer = answer.to_lowercase();
    groups.iter().all(|group| group.iter().any(|word| answer.contains(&word.to_lowercase())))
}

/// Whether a `match` is one group of nothing but words that any answer has.
pub fn is_too_common(groups: &[Vec<String>]) -> bool {
    let [group] = groups else {
        return false;
    };
    group.iter().all(|word| GENERIC_WORDS.contains(&word.to_lowercase().as_str()))
}

fn is_content(word: &str) -> bool {
    word.chars().count() >= 3 && !STOP_WORDS.contains(&word)
}

/// Whether two words are the same or share a stem: a beginning of four letters that is most of the shorter word.
fn is_like(word: &str, other: &str) -> bool {
    let shared = word.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let shorter = word.chars().count().min(other.chars().count());
    word == other || (shared >= 4 && shared * 4 >= shorter * 3)
}

#[cfg(test)]
mod tests {
    use super::{covered_percent, covered_percent_korean, is_too_common, words};

    #[test]
    fn a_point_that_the_answer_says_in_other_forms_is_covered() {
        let answer = words("It retries idempotent requests and reconciles the desired state.");
        assert_eq!(covered_percent("retry idempotent request", &answer), Some(100));
        assert_eq!(covered_percent("quorum election majority", &answer), Some(0));
        assert_eq!(covered_percent("the node", &answer), None);
    }

    #[test]
    fn a_korean_point_is_covered_whatever_its_words_end_with() {
        let answer = "멱등한 요청만 재시도하고, 원하는 상태로 조정합니다.";
        assert_eq!(covered_percent_korean("멱등성 있는 요청을 재시도한다", answer), Some(75));
        assert_eq!(covered_percent_korean("쿼럼은 과반의 선출로 정한다", answer), Some(0));
        assert_eq!(covered_percent_korean("노드 두 대", answer), None);
    }

    #[test]
    fn one_group_of_common_words_shows_nothing() {
        let group = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        assert!(is_too_common(&[group(&["server", "서버"])]));
        assert!(!is_too_common(&[group(&["kubelet", "server"])]));
        assert!(!is_too_common(&[group(&["server"]), group(&["probe"])]));
    }
}
