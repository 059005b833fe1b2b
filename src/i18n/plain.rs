//! Phrases of line mode alone; what it shares with the screens stands in `phrases.rs`.

use crate::domain::card::CardKind;
use crate::domain::lang::Lang;
use crate::i18n::Texts;

impl Texts {
    /// The prompt of an open card.
    pub const fn plain_open_prompt(&self) -> &'static str {
        self.pick(
            "Answer (an empty line ends), or Enter alone to show, 1-3 how sure and show, ? commands:",
            "답 쓰기 (빈 줄로 끝), Enter만 누르면 정답 보기, 1-3 확신도와 정답 보기, ? 명령:",
        )
    }

    /// The prompt of a kind that the program judges; `gaps` and `parts` are gaps of a cloze and lines to choose from.
    pub fn plain_judged_prompt(&self, kind: CardKind, gaps: usize, parts: usize) -> String {
        let en = self.lang == Lang::En;
        match kind {
            CardKind::Open | CardKind::Choice if en => {
                format!("Your choice, 1-{parts} (? commands):")
            }
            CardKind::Open | CardKind::Choice => format!("보기 번호, 1-{parts} (? 명령):"),
            CardKind::Order if en => {
                format!("The right order, the numbers 1-{parts} with spaces (? commands):")
            }
            CardKind::Order => format!("맞는 순서, 숫자 1-{parts}을 띄어서 (? 명령):"),
            CardKind::Cloze if gaps > 1 && en => {
                format!("The {gaps} gaps, with | between them, or gap 1 alone (? commands):")
            }
            CardKind::Cloze if gaps > 1 => {
                format!("빈칸 {gaps}개, 사이에 | 를 넣어 한 줄로, 또는 1번 칸만 (? 명령):")
            }
            CardKind::Cloze => {
                self.pick("The gap (? commands):", "빈칸에 들어갈 말 (? 명령):").to_owned()
            }
            CardKind::Numeric => self
                .pick("The number, with its unit (? commands):", "숫자와 단위 (? 명령):")
                .to_owned(),
            CardKind::Command => {
                self.pick("The command (? commands):", "명령어 (? 명령):").to_owned()
            }
        }
    }

    /// The prompt of a further gap.
    pub fn plain_gap_prompt(&self, number: usize, gaps: usize) -> String {
        match self.lang {
            Lang::En => format!("Gap {number} of {gaps}:"),
            Lang::Ko => format!("빈칸 {number}/{gaps}:"),
        }
    }

    /// What may be answered where a number was expected.
    pub fn plain_number_wanted(&self, least: usize, most: usize) -> String {
        match self.lang {
            Lang::En => format!(
                "That is no choice here: numbers from {least} to {most}, or ? for the commands."
            ),
            Lang::Ko => format!(
                "여기서는 {least}부터 {most}까지의 숫자만 됩니다. ?로 명령을 볼 수 있습니다."
            ),
        }
    }

    /// What is missing in a typed order.
    pub fn plain_order_wanted(&self, steps: usize) -> String {
        match self.lang {
            Lang::En => format!("Write each number from 1 to {steps} once, such as 2 1 3."),
            Lang::Ko => format!("1부터 {steps}까지의 숫자를 한 번씩 써 주세요. 예: 2 1 3"),
        }
    }

    /// An empty line in a quiz.
    pub const fn plain_answer_wanted(&self) -> &'static str {
        self.pick(
            "Nothing was answered yet; - leaves the question open.",
            "아직 답이 없습니다. - 를 쓰면 비워 둡니다.",
        )
    }

    /// The prompt for key points.
    pub const fn plain_ticks_prompt(&self) -> &'static str {
        self.pick(
            "Numbers of the points you said, 0 = I also said something wrong, Enter = none:",
            "말한 핵심의 번호, 0 = 틀린 말도 했음, Enter = 없음:",
        )
    }

    /// The prompt for a grade; `proposed` is its number and word.
    pub fn plain_grade_prompt(&self, proposed: Option<(u8, &str)>) -> String {
        match (self.lang, proposed) {
            (Lang::En, Some((number, word))) => format!("Grade 1-4, Enter = {number} {word}:"),
            (Lang::En, None) => "Grade 1-4:".to_owned(),
            (Lang::Ko, Some((number, word))) => format!("평가 1-4, Enter = {number} {word}:"),
            (Lang::Ko, None) => "평가 1-4:".to_owned(),
        }
    }

    /// Beside the proposed grade.
    pub const fn plain_proposed(&self) -> &'static str {
        self.pick("proposed", "제안")
    }

    /// Today, after a grade that brings the card back in this sitting.
    pub const fn plain_today(&self) -> &'static str {
        self.pick("today", "오늘")
    }

    /// A key point that must not be missed.
    pub const fn plain_must(&self) -> &'static str {
        self.pick("must", "필수")
    }

    /// The review is on disk.
    pub const fn plain_saved(&self) -> &'static str {
        self.pick("saved", "저장됨")
    }

    /// Something other than a review could not be written.
    pub fn plain_not_written(&self, why: &str) -> String {
        match self.lang {
            Lang::En => format!("not saved: {why}"),
            Lang::Ko => format!("저장하지 못했습니다: {why}"),
        }
    }

    /// The label of the question.
    pub const fn plain_question(&self) -> &'static str {
        self.pick("Question", "문제")
    }

    /// A kept draft, to which lines are added.
    pub const fn plain_draft(&self) -> &'static str {
        self.pick("Your draft, new lines are added to it", "이어서 쓸 수 있는 초안")
    }

    /// The answer holds no more.
    pub const fn plain_answer_full(&self) -> &'static str {
        self.pick(
            "The answer is full; what goes beyond 4000 characters is left out.",
            "답이 가득 찼습니다. 4000자를 넘는 부분은 빠집니다.",
        )
    }

    /// The next answer counts as sure, or no longer.
    pub const fn plain_sure(&self, is_sure: bool) -> &'static str {
        match (is_sure, self.lang) {
            (true, Lang::En) => "The next answer counts as sure.",
            (true, Lang::Ko) => "다음 답을 확실한 답으로 표시합니다.",
            (false, Lang::En) => "The next answer does not count as sure.",
            (false, Lang::Ko) => "확실한 답 표시를 지웠습니다.",
        }
    }

    /// The card has no hint.
    pub const fn plain_no_hint(&self) -> &'static str {
        self.pick("This card has no hint.", "이 카드에는 힌트가 없습니다.")
    }

    /// The only card cannot be skipped.
    pub const fn plain_only_card(&self) -> &'static str {
        self.pick(
            "This is the only card left; q leaves.",
            "마지막 카드라 뒤로 미룰 수 없습니다. q로 나갑니다.",
        )
    }

    /// The card goes to the end of the sitting.
    pub const fn plain_skipped(&self) -> &'static str {
        self.pick("Skipped; it comes again at the end.", "나중에 다시 나옵니다.")
    }

    /// The card is suspended.
    pub const fn plain_suspended(&self) -> &'static str {
        self.pick(
            "Suspended; it is not asked any more. u takes this back.",
            "이 카드는 더 묻지 않습니다. u로 되돌립니다.",
        )
    }

    /// The card is buried.
    pub const fn plain_buried(&self) -> &'static str {
        self.pick(
            "Buried; it is not asked before tomorrow. u takes this back.",
            "내일 이후에 묻습니다. u로 되돌립니다.",
        )
    }

    /// A skip or a drop was taken back.
    pub fn plain_back_to(&self, card: &str) -> String {
        match self.lang {
            Lang::En => format!("Taken back: {card} is asked again."),
            Lang::Ko => format!("되돌렸습니다. {card} 카드를 다시 묻습니다."),
        }
    }

    /// A card that cannot be read is passed over.
    pub fn plain_unreadable(&self, card: &str, why: &str) -> String {
        match self.lang {
            Lang::En => format!("The card {card} cannot be shown and is passed over: {why}"),
            Lang::Ko => format!("카드 {card}를 읽을 수 없어 건너뜁니다: {why}"),
        }
    }

    /// The commands of study, a line each.
    pub const fn plain_study_commands(&self) -> [&'static str; 10] {
        match self.lang {
            Lang::En => [
                "Commands, alone on a line:",
                "1 2 3: no idea, partly, sure; shows the answer (open cards)",
                "!: the next answer counts as sure (all other cards)",
                "-: skip, the card comes again at the end",
                "u: one step back",
                "x: suspend, never ask this card",
                "b: bury, not before tomorrow",
                "h: hint, then Hard at best",
                "q: leave, all is saved",
                "\\x answers the letter x itself",
            ],
            Lang::Ko => [
                "명령은 한 줄에 하나만 씁니다:",
                "1 2 3: 모름, 일부, 확실을 고르고 정답 보기 (서술형 카드)",
                "!: 다음 답을 확실한 답으로 표시 (그 밖의 카드)",
                "-: 나중에, 맨 뒤로 보내기",
                "u: 한 단계 되돌리기",
                "x: 이 카드 제외 (다시 묻지 않음)",
                "b: 내일 이후로 미루기",
                "h: 힌트, 최고 '어려움'",
                "q: 나가기, 모두 저장됨",
                "\\x 라고 쓰면 글자 x가 답이 됩니다",
            ],
        }
    }

    /// The commands of a quiz, a line each.
    pub const fn plain_quiz_commands(&self) -> [&'static str; 5] {
        match self.lang {
            Lang::En => [
                "Commands, alone on a line:",
                "!: the next answer counts as sure",
                "-: leave the question open",
                "q: stop, what was answered counts",
                "\\q answers the letter q itself",
            ],
            Lang::Ko => [
                "명령은 한 줄에 하나만 씁니다:",
                "!: 다음 답을 확실한 답으로 표시",
                "-: 문제를 비워 두기",
                "q: 그만, 답한 것까지 채점",
                "\\q 라고 쓰면 글자 q가 답이 됩니다",
            ],
        }
    }

    /// How the last grade is taken back after the end.
    pub const fn plain_undo_later(&self) -> &'static str {
        self.pick(
            "`prep undo` takes the last grade back.",
            "`prep undo`로 마지막 평가를 되돌릴 수 있습니다.",
        )
    }

    /// Where wrong answers went.
    pub const fn plain_on_todays_list(&self) -> &'static str {
        self.pick(
            "Cards answered wrong are on today's study list.",
            "틀린 카드는 오늘 학습 목록에 들어갔습니다.",
        )
    }

    /// Whether the percentage that was asked for is reached.
    pub fn plain_pass(&self, reached: bool, wanted: u8) -> String {
        match (self.lang, reached) {
            (Lang::En, true) => format!("Passed: at least {wanted}% was asked for."),
            (Lang::En, false) => format!("Not passed: at least {wanted}% was asked for."),
            (Lang::Ko, true) => format!("합격: 기준 {wanted}% 이상입니다."),
            (Lang::Ko, false) => format!("불합격: 기준 {wanted}%에 못 미쳤습니다."),
        }
    }

    /// Reviews that could only be put into the rescue journal.
    pub fn plain_rescued(&self, journal: &str) -> String {
        match self.lang {
            Lang::En => format!(
                "the progress file could not be written; your answers are kept in {journal} and added at the next start"
            ),
            Lang::Ko => format!(
                "학습 기록 파일에 쓸 수 없어 답을 {journal}에 보관했습니다. 다음에 시작할 때 합쳐집니다"
            ),
        }
    }
}
