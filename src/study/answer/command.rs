//! Command lines: compared word by word as a shell splits them. Case counts; only flags that stand side by side
//! may change places.

use unicode_normalization::UnicodeNormalization;

use crate::study::answer::{Judged, Note, is_misspelled};

/// What `judge_command` does.
pub fn judge(accept: &[String], typed: &str) -> Judged {
    if typed.trim().is_empty() {
        return Judged::wrong(Some(Note::Empty));
    }
    let Some(words) = words(typed) else { return Judged::wrong(Some(Note::OpenQuote)) };
    if accept.iter().any(|form| self::words(form).as_ref() == Some(&words)) {
        return Judged::right();
    }
    Judged::wrong(note(accept, &words))
}

fn note(accept: &[String], typed: &[String]) -> Option<Note> {
    let joined = typed.join(" ");
    let mut spelling = None;
    for form in accept {
        let Some(expected) = words(form).map(|words| words.join(" ")) else { continue };
        if expected.to_lowercase() == joined.to_lowercase() {
            return Some(Note::CaseMatters { meant: form.clone() });
        }
        if spelling.is_none() && is_misspelled(&expected, &joined) {
            spelling = Some(Note::Spelling { meant: form.clone() });
        }
    }
    spelling
}

/// The words of a command line with runs of neighbouring flags sorted; `None` where a quotation is not closed.
fn words(line: &str) -> Option<Vec<String>> {
    // A backslash at the end of a line continues it.
    let line = line.replace("\\\r\n", " ").replace("\\\n", " ");
    let line: String = line.nfkc().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let line = line.trim();
    let line = line.strip_prefix("$ ").unwrap_or(line);
    let mut words = shlex::split(&with_operators_apart(line))?;
    let flags_end = |words: &[String], from: usize| {
        words[from..].iter().position(|word| !is_flag(word)).map_or(words.len(), |run| from + run)
    };
    let mut position = 0;
    while position < words.len() {
        let end = flags_end(&words, position);
        words[position..end].sort_unstable();
        // After `--` nothing is a flag until the next command of the line.
        position = match words.get(end) {
            Some(word) if word == "--" => next_command(&words, end),
            _ => end + 1,
        };
    }
    Some(words)
}

fn is_flag(word: &str) -> bool {
    word.len() > 1 && word.starts_with('-') && word != "--"
}

fn next_command(words: &[String], from: usize) -> usize {
    words[from..]
        .iter()
        .position(|word| word.starts_with(OPERATOR))
        .map_or(words.len(), |run| from + run)
}

/// Marks an operator, so that it differs from the same sign in quotation marks. Typed control characters are gone by then.
const OPERATOR: &str = "\u{1}";

/// Puts spaces round the shell's operators outside quotation marks: `a|b` is `a | b`, and `>f` is `> f`.
fn with_operators_apart(line: &str) -> String {
    let mut apart = String::with_capacity(line.len() + 8);
    let mut quote = None;
    let mut rest = line.chars().peekable();
    while let Some(c) = rest.next() {
        match (quote, c) {
            (None | Some('"'), '\\') => {
                apart.push(c);
                apart.extend(rest.next());
            }
            (None, '"' | '\'') => {
                quote = Some(c);
                apart.push(c);
            }
            (None, '|' | '&' | ';' | '<' | '>') => {
                let mut operator = String::from(c);
                while let Some(next) = rest.next_if(|next| "|&<>".contains(*next)) {
                    operator.push(next);
                }
                push_operator(&mut apart, &operator);
            }
            _ => {
                if quote == Some(c) {
                    quote = None;
                }
                apart.push(c);
            }
        }
    }
    apart
}

/// A digit directly before a redirection is part of it, as in `2>`.
fn push_operator(apart: &mut String, operator: &str) {
    let word = apart.rsplit(' ').next().unwrap_or_default();
    let is_descriptor = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    let descriptor = if is_descriptor && operator.contains(['<', '>']) {
        apart.split_off(apart.len() - word.len())
    } else {
        String::new()
    };
    apart.extend([" ", OPERATOR, &descriptor, operator, " "]);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};
    use proptest::prop_assert_eq;

    use crate::study::answer::{Note, Verdict, judge_command};

    fn verdict(accept: &str, typed: &str) -> Verdict {
        judge_command(&[accept.to_owned()], typed).verdict
    }

    #[test]
    fn words_are_split_as_a_shell_splits() {
        let accept = "kubectl get pods -l 'app=web' -o wide";
        for typed in [
            "kubectl get pods -l app=web -o wide",
            "  kubectl  get pods -l \"app=web\"   -o wide ",
            "$ kubectl get pods -l app=\"web\" -o wide",
        ] {
            assert_eq!(verdict(accept, typed), Verdict::Right, "{typed}");
        }
        assert_eq!(verdict("echo 'a  b'", "echo 'a b'"), Verdict::Wrong);
    }

    #[test]
    fn only_neighbouring_flags_may_change_places() {
        assert_eq!(verdict("ss -t -l -n", "ss -n -l -t"), Verdict::Right);
        assert_eq!(verdict("ls -l -a /tmp", "ls -a /tmp -l"), Verdict::Wrong);
        assert_eq!(verdict("cp a b", "cp b a"), Verdict::Wrong);
        assert_eq!(verdict("a -x -- -c -b", "a -x -- -b -c"), Verdict::Wrong);
        assert_eq!(verdict("a -- -c | b -x -y", "a -- -c | b -y -x"), Verdict::Right);
    }

    #[test]
    fn case_counts() {
        let judged = judge_command(&["ls -R".to_owned()], "ls -r");
        assert_eq!(judged.verdict, Verdict::Wrong);
        assert_eq!(judged.note, Some(Note::CaseMatters { meant: "ls -R".into() }));
    }

    #[test]
    fn spaces_round_pipes_and_redirections_do_not_count() {
        assert_eq!(
            verdict("ps aux | grep java > f 2>&1", "ps aux|grep java >f 2>&1"),
            Verdict::Right
        );
        assert_eq!(verdict("a && b", "a&&b"), Verdict::Right);
        assert_eq!(verdict("a 2> f", "a 2 > f"), Verdict::Wrong);
        assert_eq!(verdict("echo 'a|b'", "echo a|b"), Verdict::Wrong);
        assert_eq!(verdict("echo '|'", "echo |"), Verdict::Wrong);
    }

    #[test]
    fn an_open_quotation_is_named() {
        assert_eq!(judge_command(&["a".to_owned()], "a 'b").note, Some(Note::OpenQuote));
        assert_eq!(judge_command(&["a".to_owned()], "  ").note, Some(Note::Empty));
    }

    proptest! {
        #[test]
        fn any_command_is_judged_and_matches_itself_if_it_closes(text in any::<String>()) {
            let judged = judge_command(std::slice::from_ref(&text), &text);
            let closes = !matches!(judged.note, Some(Note::OpenQuote | Note::Empty));
            prop_assert_eq!(judged.verdict == Verdict::Right, closes);
        }
    }
}
