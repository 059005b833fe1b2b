//! What the commands print besides data: headings and sentences, English and Korean side by side.

use crate::domain::lang::Lang;
use crate::domain::memory::CardState;
use crate::domain::review::ReviewSource;
use crate::i18n::Texts;

phrases! {
    /// Column: the day on which a card comes.
    column_due = "due", "복습일";
    /// Column: probability of recall.
    column_recall = "recall", "기억";
    /// Column: level.
    column_level = "level", "수준";
    /// Column: kind.
    column_kind = "kind", "종류";
    /// Column: the card's id or place.
    column_card = "card", "카드";
    /// Column: the question's first line.
    column_title = "title", "제목";
    /// Column: a tag.
    column_tag = "tag", "태그";
    /// Column: the Korean name.
    column_korean = "Korean", "한국어";
    /// Column: number of cards.
    column_cards = "cards", "카드 수";
    /// Column: other spellings.
    column_aliases = "also", "다른 이름";
    /// Column: a deck.
    column_deck = "deck", "덱";
    /// Column: a file.
    column_file = "file", "파일";
    /// Column: problems.
    column_problems = "problems", "문제";
    /// A card that was never rated.
    never_seen = "new", "새 카드";
    /// A card that is not asked.
    is_suspended = "suspended", "제외";
    /// No card was selected by a list.
    no_card_fits = "no card fits; `prep tags` lists the tags", "맞는 카드가 없습니다. `prep tags`로 태그를 볼 수 있습니다";
    /// Heading of options.
    options_part = "Options", "보기";
    /// Heading of steps.
    steps_part = "Steps", "순서";
    /// Heading of accepted answers.
    accepted_part = "Right", "정답";
    /// Heading of what a command prints.
    example_part = "Example", "예시";
    /// Heading of typical wrong numbers.
    near_misses_part = "Typical wrong numbers", "자주 나오는 틀린 값";
    /// Heading of the computation.
    working_part = "Working", "계산";
    /// Heading of follow-up questions.
    follow_ups_part = "Follow-up questions", "꼬리 질문";
    /// Heading of the sources.
    sources_part = "Sources", "출처";
    /// Heading of further reading.
    resources_part = "Further reading", "더 읽을거리";
    /// Heading of the schedule.
    schedule_part = "Schedule", "복습 일정";
    /// Heading of the history.
    history_part = "History", "기록";
    /// Mark of a key point whose miss fails the answer.
    must_point = " (must)", " (필수)";
    /// Mark of the right option.
    right_option = "right", "정답";
    /// Mark of a wrong option.
    wrong_option = "wrong", "오답";
    /// Said of a card that is not asked any more.
    is_retired = "retired: not asked any more", "더는 묻지 않는 카드";
    /// There is no review yet.
    no_reviews = "no answers yet; `prep study` makes the first", "아직 답한 기록이 없습니다. `prep study`로 시작하세요";
    /// Nothing is left today.
    today_is_done = "nothing left for today", "오늘 할 카드가 없습니다";
    /// There is no answer that could be taken back.
    nothing_to_take_back = "there is nothing to take back", "되돌릴 평가가 없습니다";
    /// Path: progress and decks.
    path_data = "data", "데이터";
    /// Path: the database.
    path_database = "progress", "학습 기록";
    /// Path: decks.
    path_decks = "decks", "덱";
    /// Path: the folder of settings.
    path_config = "config", "설정 폴더";
    /// Path: the settings file.
    path_settings = "settings", "설정 파일";
    /// Path: backups.
    path_backups = "backups", "백업";
    /// Said of a path where nothing is yet.
    not_there_yet = "not there yet", "아직 없음";
}

impl Texts {
    /// Seconds.
    pub fn seconds(&self, seconds: f32) -> String {
        match self.lang {
            Lang::En => format!("{seconds:.0} s"),
            Lang::Ko => format!("{seconds:.0}초"),
        }
    }

    /// What `prep today` says while something is left.
    pub fn today_line(&self, due: usize, new: usize, minutes: u32) -> String {
        match self.lang {
            Lang::En => format!("{due} due + {new} new, about {minutes} min"),
            Lang::Ko => format!("복습 {due}장 + 새 카드 {new}장, 약 {minutes}분"),
        }
    }

    /// How far the interview is. `what` is empty where neither role nor company was named.
    pub fn days_to_interview(&self, days: u32, what: &str) -> String {
        match (self.lang, days) {
            (Lang::En, 0) => format!("{} today", named("interview", what)),
            (Lang::En, 1) => format!("1 day to the {}", named("interview", what)),
            (Lang::En, _) => format!("{days} days to the {}", named("interview", what)),
            (Lang::Ko, 0) => format!("오늘 {}", named("면접", what)),
            (Lang::Ko, _) => format!("{}까지 {days}일", named("면접", what)),
        }
    }

    /// What was taken back. `grade` is a grade, or right or wrong.
    pub fn took_back_of(&self, grade: &str, card: &str) -> String {
        match self.lang {
            Lang::En => format!("took back \"{grade}\" of {card}"),
            Lang::Ko => format!("되돌렸습니다: {card}, '{grade}'"),
        }
    }

    /// Where a card stands, in a few words.
    pub const fn state(&self, state: CardState) -> &'static str {
        match state {
            CardState::Learning => self.pick("learning", "익히는 중"),
            CardState::Review => self.pick("review", "복습"),
            CardState::Relearning => self.pick("relearning", "다시 익히는 중"),
        }
    }

    /// Where an answer was given.
    pub const fn source(&self, source: ReviewSource) -> &'static str {
        match source {
            ReviewSource::Study => self.pick("study", "학습"),
            ReviewSource::Quiz => self.pick("quiz", "퀴즈"),
            ReviewSource::Mock => self.pick("mock", "모의 면접"),
        }
    }

    /// Evidence behind a schedule.
    pub fn evidence(&self, reviews: u32, lapses: u32) -> String {
        match self.lang {
            Lang::En => {
                let (r, l) = (plural(reviews), plural(lapses));
                format!("{reviews} grade{r}, forgotten {lapses} time{l}")
            }
            Lang::Ko => format!("평가 {reviews}번, 잊은 횟수 {lapses}번"),
        }
    }

    /// Stability and difficulty.
    pub fn memory_numbers(&self, stability: f32, difficulty: f32) -> String {
        match self.lang {
            Lang::En => format!("stability {stability:.1} days, difficulty {difficulty:.1} of 10"),
            Lang::Ko => format!("안정도 {stability:.1}일, 난이도 {difficulty:.1}/10"),
        }
    }

    /// The last line of a check.
    pub fn check_summary(
        &self,
        errors: usize,
        warnings: usize,
        files: usize,
        cards: usize,
    ) -> String {
        match self.lang {
            Lang::En => format!(
                "{errors} error{}, {warnings} warning{} in {files} file{}, {cards} card{}",
                s(errors),
                s(warnings),
                s(files),
                s(cards)
            ),
            Lang::Ko => {
                format!("오류 {errors}건, 경고 {warnings}건, 파일 {files}개, 카드 {cards}장")
            }
        }
    }

    /// Problems of a deck in one cell; empty without any.
    pub fn errors_and_warnings(&self, errors: u32, warnings: u32) -> String {
        let (en, ko) = match (errors, warnings) {
            (0, 0) => return String::new(),
            (_, 0) => (format!("{errors} error{}", plural(errors)), format!("오류 {errors}건")),
            (0, _) => {
                (format!("{warnings} warning{}", plural(warnings)), format!("경고 {warnings}건"))
            }
            _ => (
                format!("{errors} error{}, {warnings} warning{}", plural(errors), plural(warnings)),
                format!("오류 {errors}건, 경고 {warnings}건"),
            ),
        };
        match self.lang {
            Lang::En => en,
            Lang::Ko => ko,
        }
    }
}

const fn plural(count: u32) -> &'static str {
    if count == 1 { "" } else { "s" }
}

const fn s(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

/// A thing with the name it has, if it has one.
fn named(thing: &str, name: &str) -> String {
    if name.is_empty() { thing.to_owned() } else { format!("{name} {thing}") }
}

#[cfg(test)]
mod tests {
    use crate::domain::lang::Lang;
    use crate::i18n::Texts;

    #[test]
    fn one_thing_is_not_said_in_the_plural() {
        let texts = Texts::of(Lang::En);
        assert_eq!(texts.check_summary(1, 0, 1, 2), "1 error, 0 warnings in 1 file, 2 cards");
        assert_eq!(texts.errors_and_warnings(1, 2), "1 error, 2 warnings");
        assert_eq!(texts.errors_and_warnings(0, 0), "");
    }

    #[test]
    fn an_interview_without_a_name_is_still_an_interview() {
        assert_eq!(Texts::of(Lang::En).days_to_interview(14, ""), "14 days to the interview");
        assert_eq!(Texts::of(Lang::Ko).days_to_interview(14, "SRE @ K"), "SRE @ K 면접까지 14일");
    }
}
