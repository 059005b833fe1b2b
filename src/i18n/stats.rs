//! What the statistics pages say, English and Korean side by side.

use crate::domain::lang::Lang;
use crate::domain::time::Day;
use crate::i18n::Texts;
use crate::study::stats::{Stage, Way, Window};

phrases! {
    /// Title of the pages.
    stats_title = "Stats", "통계";
    /// What the line on Home leads to.
    stats_detail = "memory and forecast", "기억과 예측";
    /// Footer: change the page.
    stats_page_hint = "page", "쪽";
    /// Footer: study the cards of the page.
    stats_study_these = "study these", "학습하기";
    /// Footer: study the marked card.
    stats_study_card = "study this card", "이 카드 학습";
    /// No answer is in the log.
    stats_nothing_yet = "No answers yet. Study a few cards, and this page fills itself.", "아직 답한 기록이 없습니다. 카드를 몇 장 공부하면 이 화면이 채워집니다.";
    /// Row: answers.
    stats_answers_row = "Answers", "답변";
    /// Row: days.
    stats_days_row = "Days", "공부한 날";
    /// Row: time.
    stats_time_row = "Time", "공부 시간";
    /// Row: key points at the first try.
    stats_points_first_row = "Points, first try", "핵심, 첫 답변";
    /// Row: key points later.
    stats_points_later_row = "Points, later", "핵심, 이후 답변";
    /// In place of a percentage.
    stats_too_early_short = "too early to say", "아직 알 수 없음";
    /// Heading: recall by stage.
    stats_retention = "Retention", "기억률";
    /// Heading: recall by attempt.
    stats_attempts = "Recall by attempt", "회차별 기억률";
    /// Detail of it.
    stats_attempts_detail = "one a day", "하루 한 번";
    /// Heading: typical times.
    stats_typical_time = "Typical time", "답하는 시간";
    /// Heading: the forgetting curve.
    stats_curve = "How well you remember", "얼마나 기억하나";
    /// Detail of it.
    stats_curve_detail = "by days since the last study", "마지막 학습 뒤 지난 일수별";
    /// Heading: recall by age of the card.
    stats_ages = "Retention by age", "카드 나이별 기억률";
    /// Detail of it.
    stats_ages_detail = "by days since the first study", "처음 배운 뒤 지난 일수별";
    /// Legend: what was recalled.
    stats_recalled = "recalled, 95% range", "실제 (95% 구간)";
    /// Legend: what the model expected.
    stats_expected = "expected by FSRS", "FSRS 예측";
    /// Heading: what comes up.
    stats_due = "The next 30 days", "앞으로 30일";
    /// Legend: without a plan.
    stats_due_alone = "due, one card at a time", "복습 예정";
    /// Legend: with a plan.
    stats_due_planned = "with the plan", "계획대로";
    /// Column: a tag.
    stats_tag_column = "tag", "태그";
    /// Column: mastery now.
    stats_now_column = "now", "지금";
    /// Column: cards that are ready.
    stats_ready_column = "ready", "준비됨";
    /// Column: minutes.
    stats_minutes_column = "min", "분";
    /// Column: due within a week.
    stats_week_column = "7 days", "7일 내";
    /// Column: recall of answers.
    stats_recall_column = "recall", "기억률";
    /// What ready means.
    stats_ready_means = "ready: recalled on three days, and at least 85% likely to be recalled", "준비됨: 세 날에 걸쳐 기억했고, 지금 기억할 확률이 85% 이상";
    /// Row over all tags.
    stats_all_cards = "All cards", "모든 카드";
    /// Column: what was said.
    stats_said_column = "When you said", "확신도";
    /// Column: what was right.
    stats_had_column = "you had, of the key points", "실제로 맞힌 핵심";
    /// Column: answers.
    stats_answers_column = "answers", "답변";
    /// What "sure" should be worth.
    stats_should_be = "should be 90%", "90%가 기준";
    /// Heading: tags of over-confidence.
    stats_hurts_most = "Where it hurts most", "가장 과신하는 태그";
    /// No tag has enough answers below the mark.
    stats_hurts_nowhere = "no tag stands out", "눈에 띄는 태그가 없습니다";
    /// Heading: sure and wrong.
    stats_sure_wrong = "Sure and wrong in the last 30 days", "최근 30일, 확실했지만 틀린 카드";
    /// Detail of it.
    stats_fix_first = "fix these first", "먼저 고칠 카드";
    /// There is none.
    stats_none = "none", "없음";
    /// Heading: grades against ticks.
    stats_grades = "Your grades against your ticks", "체크 추천과 내 평가";
    /// Graded higher than proposed.
    stats_higher = "higher", "더 높게";
    /// Graded as proposed.
    stats_same = "same", "같게";
    /// Graded lower than proposed.
    stats_lower = "lower", "더 낮게";
    /// Heading: hard cards.
    stats_hard = "Cards that cost you most", "가장 어려운 카드";
    /// There is none.
    stats_no_hard = "None so far: nothing was forgotten again, and nothing was sure and wrong.", "아직 없습니다. 다시 잊은 카드도, 확실했지만 틀린 카드도 없습니다.";
    /// Column: lapses.
    stats_lapses_column = "lapses", "잊음";
    /// Column: sure and wrong.
    stats_sure_wrong_column = "sure, wrong", "확신 오답";
    /// Column: misses among answers.
    stats_missed_column = "missed", "틀림";
    /// Mark of a card that was never right.
    stats_never_right = "never right", "맞힌 적 없음";
    /// Said of a card that is in no deck any more.
    stats_card_gone = "not in any deck", "덱에 없음";
    /// Of a page made for the browser: where it comes from.
    stats_made_by = "made by prep; nothing in this file comes from elsewhere", "prep에서 만듦. 외부에서 불러오는 내용 없음";
}

impl Texts {
    /// The names of the five pages.
    pub const fn stats_pages(&self) -> [&'static str; 5] {
        [
            self.pick("Overview", "개요"),
            self.pick("Tags", "태그"),
            self.pick("Calibration", "자기 평가"),
            self.pick("Forecast", "예측"),
            self.pick("Hard cards", "어려운 카드"),
        ]
    }

    /// The days that are counted.
    pub const fn stats_window(&self, window: Window) -> &'static str {
        match window {
            Window::Month => self.pick("last 30 days", "최근 30일"),
            Window::Quarter => self.pick("last 90 days", "최근 90일"),
            Window::All => self.pick("all time", "전체 기간"),
        }
    }

    /// How far a memory is.
    pub const fn stats_stage(&self, stage: Stage) -> &'static str {
        match stage {
            Stage::Learning => self.pick("learning", "익히는 중"),
            Stage::Young => self.pick("young", "새 기억"),
            Stage::Mature => self.pick("mature", "굳은 기억"),
        }
    }

    /// What the stages mean.
    pub const fn stats_stages_mean(&self) -> &'static str {
        self.pick("young under 21 days, mature from there", "굳은 기억은 간격 21일부터")
    }

    /// An attempt, from 1; the fourth stands for all later ones.
    pub const fn stats_attempt(&self, number: usize) -> &'static str {
        match number {
            1 => self.pick("1st", "1회"),
            2 => self.pick("2nd", "2회"),
            3 => self.pick("3rd", "3회"),
            _ => self.pick("4th on", "4회~"),
        }
    }

    /// A way of answering.
    pub const fn stats_way(&self, way: Way) -> &'static str {
        match way {
            Way::Think => self.pick("think", "생각"),
            Way::Type => self.pick("type", "쓰기"),
            Way::Short => self.pick("short answer", "짧은 답"),
            Way::Speak => self.pick("speak", "말하기"),
        }
    }

    /// What the squares of the heat map mean.
    pub const fn heat_legend(&self) -> [&'static str; 4] {
        ["0", "<15", "<40", self.pick("40+ min", "40분 이상")]
    }

    /// A weekday in short, 0 for Monday.
    pub const fn weekday_short(&self, weekday: usize) -> &'static str {
        const EN: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
        const KO: [&str; 7] = ["월", "화", "수", "목", "금", "토", "일"];
        self.pick(EN[weekday % 7], KO[weekday % 7])
    }

    /// A month in short, from 1.
    pub fn month_short(&self, month: i8) -> String {
        const EN: [&str; 12] =
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        let name = usize::try_from(month - 1).ok().and_then(|month| EN.get(month));
        let korean = format!("{month}월");
        if self.is_korean() { korean } else { (*name.unwrap_or(&"")).to_owned() }
    }

    /// A date in short.
    pub fn day_short(&self, day: Day) -> String {
        let (_, month, date) = day.date();
        if self.is_korean() {
            return format!("{month}/{date}");
        }
        format!("{date} {}", self.month_short(month))
    }

    /// Days with study among all days.
    pub fn stats_days_of(&self, days: u32, span: u32) -> String {
        if self.is_korean() {
            format!("{span}일 중 {days}일")
        } else {
            format!("{days} of {span}")
        }
    }

    /// Time in hours and minutes.
    pub fn stats_time(&self, minutes: u32) -> String {
        let (hours, rest) = (minutes / 60, minutes % 60);
        match (self.is_korean(), hours) {
            (false, 0) => format!("{rest} min"),
            (false, _) => format!("{hours} h {rest:02} min"),
            (true, 0) => format!("{rest}분"),
            (true, _) => format!("{hours}시간 {rest}분"),
        }
    }

    /// The goal of recall.
    pub fn stats_target(&self, percent: u32) -> String {
        if self.is_korean() { format!("목표 {percent}%") } else { format!("target {percent}%") }
    }

    /// A number of answers.
    pub fn stats_answers(&self, answers: u32) -> String {
        match (self.is_korean(), answers) {
            (true, _) => format!("답 {answers}개"),
            (false, 1) => "1 answer".to_owned(),
            (false, _) => format!("{answers} answers"),
        }
    }

    /// Too few answers for a percentage.
    pub fn stats_too_early(&self, answers: u32) -> String {
        format!("{} ({})", self.stats_too_early_short(), self.stats_answers(answers))
    }

    /// What the learner's judgement of himself amounts to: points of over-confidence.
    pub fn stats_confidence(&self, over: i16) -> String {
        let points = over.unsigned_abs();
        match (self.is_korean(), over) {
            (false, 5..) => format!("You are over-confident by {points} points."),
            (false, ..=-5) => format!("You are under-confident by {points} points."),
            (false, _) => "You judge yourself well.".to_owned(),
            (true, 5..) => format!("실제보다 {points}점 높게 보고 있습니다."),
            (true, ..=-5) => format!("실제보다 {points}점 낮게 보고 있습니다."),
            (true, _) => "자기 평가가 정확합니다.".to_owned(),
        }
    }

    /// It is too early to judge the learner's confidence.
    pub fn stats_confidence_too_early(&self, answers: u32) -> String {
        if self.is_korean() {
            return format!("아직 알 수 없습니다. \"확실\"이라고 한 답이 {answers}개입니다.");
        }
        format!("Too early to say: {answers} of your answers were called sure.")
    }

    /// How right "sure" was in a tag.
    pub fn stats_sure_right(&self, percent: u8) -> String {
        if self.is_korean() { format!("{percent}% 맞음") } else { format!("{percent}% right") }
    }

    /// Times.
    pub fn stats_times(&self, times: u32) -> String {
        if self.is_korean() { format!("{times}번") } else { format!("{times}x") }
    }

    /// What comes up in all: cards within the days, after them, and never seen ones.
    pub fn stats_due_detail(&self, within: u32, afterwards: u32, unseen: u32) -> String {
        if self.is_korean() {
            return format!("복습 {within}장, 그 뒤 {afterwards}장, 아직 안 본 카드 {unseen}장");
        }
        format!("{within} due, {afterwards} later, {unseen} never seen")
    }

    /// Cards of earlier days that wait.
    pub fn stats_waiting(&self, cards: u32) -> String {
        match (self.is_korean(), cards) {
            (true, _) => format!("이전 날짜의 {cards}장은 오늘 칸에 있습니다"),
            (false, 1) => "1 from earlier days stands on today".to_owned(),
            (false, _) => format!("{cards} from earlier days stand on today"),
        }
    }

    /// Memory now and on a later day.
    pub fn stats_memory_then(&self, now: &str, later: &str, day: Day) -> String {
        let date = (self.date)(day);
        if self.is_korean() {
            return format!("지금 {now}, 공부하지 않으면 {date} {later}");
        }
        format!("{now} in memory now, {later} on {date} without study")
    }

    /// More rows than are shown.
    pub fn stats_more(&self, rows: usize, command: &str) -> String {
        if self.is_korean() {
            return format!("{rows}개 더 있음: {command}");
        }
        format!("{rows} more: {command}")
    }

    /// The figures were written to a file.
    pub fn stats_exported(&self, path: &str) -> String {
        if self.is_korean() {
            format!("저장했습니다: {path}")
        } else {
            format!("Saved: {path}")
        }
    }

    /// A number with its thousands apart.
    pub fn grouped(number: u32) -> String {
        let digits = number.to_string();
        let mut text = String::new();
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                text.push(',');
            }
            text.push(digit);
        }
        text
    }

    fn is_korean(&self) -> bool {
        self.lang == Lang::Ko
    }
}
