//! Every phrase of the screens, English and Korean side by side, so that they change together.

use crate::domain::card::CardKind;
use crate::domain::lang::Lang;
use crate::domain::problem::Severity;
use crate::domain::review::Rating;
use crate::domain::time::Day;
use crate::study::answer::Note;
use crate::study::request::NothingToStudy;

/// Makes the struct of phrases and its two constants from `field: type = english, korean;`.
macro_rules! texts {
    ($($(#[$doc:meta])* $field:ident: $kind:ty = $en:expr, $ko:expr;)*) => {
        /// The phrases of one language.
        #[derive(Debug)]
        pub struct Texts {
            /// The language.
            pub lang: Lang,
            $($(#[$doc])* pub $field: $kind,)*
        }

        static EN: Texts = Texts { lang: Lang::En, $($field: $en,)* };
        static KO: Texts = Texts { lang: Lang::Ko, $($field: $ko,)* };
    };
}

/// A phrase with a number.
type Count = fn(usize) -> String;

texts! {
    // The frame.
    too_small: &'static str = "prep needs 20 x 6 cells", "화면이 작습니다 (20x6)";
    everywhere: &'static str = "Everywhere", "어디서나";
    help_is_a_menu: &'static str = "Enter runs a line", "Enter로 바로 실행";
    help_shows_keys: &'static str = "? shows all keys", "? 키를 누르면 모든 키가 나옵니다";
    paste_ignored: &'static str = "Pasted text is only taken in a text field", "붙여넣기는 입력 칸에서만 됩니다";
    korean_in_composition: fn(char) -> String =
        |c| format!("Korean input ({c}): digits, Space, Enter and Esc work as always."),
        |c| format!("한글 입력 상태입니다({c}). 숫자·Space·Enter·Esc는 그대로 쓸 수 있습니다.");
    not_saved: fn(usize, &str) -> String =
        |n, why| format!("{n} not saved yet, kept and tried again: {why}"),
        |n, why| format!("아직 저장 못 한 답 {n}개, 보관하고 다시 시도 중: {why}");
    text_fields: &'static str = "Text fields", "입력 칸";
    field_keys: [(&'static str, &'static str); 4] =
        [
            ("Tab", "done, or the next field"),
            ("Esc", "back, the draft is kept"),
            ("F2", "write in $EDITOR"),
            ("Ctrl-W Ctrl-U", "delete a word, a line"),
        ],
        [
            ("Tab", "입력 끝, 또는 다음 칸"),
            ("Esc", "뒤로, 초안은 남습니다"),
            ("F2", "$EDITOR에서 쓰기"),
            ("Ctrl-W Ctrl-U", "단어, 줄 지우기"),
        ];

    // Study.
    study: &'static str = "Study", "학습";
    sample: &'static str = "sample, nothing is recorded", "연습, 기록 안 함";
    position: fn(usize, usize) -> String =
        |n, all| format!("{n} of {all}"),
        |n, all| format!("{n}/{all}");
    minutes_left: fn(u32) -> String =
        |n| format!("about {n} min left"),
        |n| format!("약 {n}분 남음");
    you_said: fn(&str) -> String =
        |word| format!("you said: {word}"),
        |word| format!("내 확신: {word}");
    confidence: [&'static str; 3] = ["no idea", "partly", "sure"], ["모름", "애매함", "확실"];
    how_sure: &'static str = "How sure are you?", "얼마나 확실한가요?";
    how_sure_short: &'static str = "how sure", "확신도";
    asked_at: fn(&str) -> String =
        |who| format!("asked at {who}"),
        |who| format!("기출: {who}");
    key_points: Count =
        |n| format!("{n} key point{}", if n == 1 { "" } else { "s" }),
        |n| format!("핵심 {n}가지");
    say_all_of_it: &'static str =
        "Say all of it, aloud or in your head, before you look.",
        "보기 전에 소리 내서, 또는 속으로 끝까지 답해 보세요.";
    say_it: &'static str = "Answer aloud or in your head before you look.", "보기 전에 먼저 답해 보세요.";
    your_answer: &'static str = "Your answer", "내 답";
    you: &'static str = "You", "내 답";
    your_order: &'static str = "Your order", "내가 고른 순서";
    hint: &'static str = "Hint", "힌트";
    aim: fn(&str) -> String = |time| format!("aim {time}"), |time| format!("목표 {time}");
    more_below: fn(&str, usize) -> String =
        |key, n| format!("{key}: {n} more lines"),
        |key, n| format!("{key}: {n}줄 더");
    more_forms: Count = |n| format!("and {n} other spellings"), |n| format!("그 밖에 맞는 표기 {n}가지");
    more_lines: Count = |n| format!("{n} more lines, v shows all"), |n| format!("{n}줄 더 있음, v로 모두 보기");
    which_did_you_say: &'static str =
        "Which of these did you say, and say correctly?",
        "다음 중 제대로 말한 것을 체크하세요";
    said_something_wrong: &'static str = "I also said something wrong", "틀린 내용도 말했습니다";
    model_answer: &'static str = "Model answer", "모범 답안";
    mistakes: &'static str = "Common mistakes", "자주 하는 실수";
    sources: &'static str = "Sources and further reading", "출처와 더 읽을거리";
    hits_of: fn(usize, usize) -> String =
        |hits, all| format!("{hits} of {all}"),
        |hits, all| format!("{all}개 중 {hits}개");
    hits_of_points: fn(usize, usize) -> String =
        |hits, all| format!("{hits} of {all} key point{}", if all == 1 { "" } else { "s" }),
        |hits, all| format!("핵심 {all}가지 중 {hits}가지");
    you_missed: &'static str = "You missed", "빠뜨린 핵심";
    say_missed_points: &'static str =
        "Say what you missed once, in your own words, now.",
        "빠뜨린 내용을 지금 자기 말로 한 번 말해 보세요.";
    you_were_sure_say_it: &'static str =
        "You were sure. Say what you missed once, in your own words, now.",
        "확실하다고 했습니다. 빠뜨린 내용을 지금 자기 말로 한 번 말해 보세요.";
    saved_with_every_key: &'static str = "saved with every key", "입력할 때마다 저장됩니다";
    fits_your_ticks: &'static str = "fits your answer", "체크 기준 추천";
    ten_minutes: &'static str = "10 min", "10분 뒤";
    interval: fn(u32) -> String = days_en, days_ko;
    not_before: fn(Day) -> String =
        |day| format!("not before {}", short_en(day)),
        |day| format!("{} 이후", short_ko(day));
    not_before_short: fn(Day) -> String =
        |day| format!("from {}", short_en(day)),
        |day| format!("{} 이후", slash(day));
    right: &'static str = "Right", "맞았습니다";
    nearly: &'static str = "Nearly", "거의 맞았습니다";
    wrong: &'static str = "Not right", "틀렸습니다";
    right_is: fn(&str) -> String = |what| format!("Right: {what}"), |what| format!("정답: {what}");
    you_answered: fn(&str) -> String = |what| format!("You: {what}"), |what| format!("내 답: {what}");
    type_on: &'static str = "go on typing", "이어 쓰기";
    leave: &'static str = "leave", "나가기";
    done: &'static str = "done", "완료";
    new_line: &'static str = "new line", "줄바꿈";
    editor: &'static str = "$EDITOR", "$EDITOR";
    back_draft_kept: &'static str = "back (draft kept)", "뒤로 (초안 유지)";
    tick: &'static str = "tick", "체크";
    to_grade: &'static str = "grade", "평가하기";
    more_answer: &'static str = "more answer", "답안 더 보기";
    grade: &'static str = "grade", "평가";
    back_to_ticks: &'static str = "back to the ticks", "체크로 돌아가기";
    answer: &'static str = "answer", "답하기";
    next_step: &'static str = "next step", "다음 단계";
    next_gap: &'static str = "next gap", "다음 칸";
    other_keys: &'static str = "other keys", "다른 키 쓰기";

    suspended: &'static str = "Suspended; u takes it back", "카드를 제외했습니다. u로 되돌릴 수 있습니다";
    buried: &'static str = "Not before tomorrow; u takes it back", "내일로 미뤘습니다. u로 되돌릴 수 있습니다";
    starred: &'static str = "Marked as important", "중요 표시했습니다";
    unstarred: &'static str = "No longer marked", "중요 표시를 해제했습니다";

    // The end of a sitting.
    session_done: &'static str = "Session done", "학습 끝";
    session_over: &'static str = "This session is done.", "이번 학습을 마쳤습니다.";
    left_with: Count =
        |n| format!("Left with {n} card{} to go; they wait for you.", if n == 1 { "" } else { "s" }),
        |n| format!("카드 {n}장이 남았습니다. 이어서 할 수 있습니다.");
    answers: &'static str = "Answers", "답한 카드";
    in_minutes: fn(u32) -> String = |n| format!("in {n} min"), |n| format!("{n}분 동안");
    recalled: &'static str = "Recalled", "기억한 카드";
    new_cards: &'static str = "New", "새 카드";
    at_first_try: Count = |n| format!("{n} at first try"), |n| format!("한 번에 맞힘 {n}장");
    key_points_row: &'static str = "Key points", "핵심 포인트";
    sure_and_wrong: Count =
        |n| format!("You were sure and wrong on {n} card{}:", if n == 1 { "" } else { "s" }),
        |n| format!("확실하다고 했지만 틀린 카드가 {n}장 있습니다:");
    press_one_to_fix: &'static str = "1 asks them again now, two minutes", "1을 누르면 지금 다시 묻습니다 (2분)";
    study_sure_and_wrong_short: &'static str = "fix these", "다시 풀기";
    everything_saved: &'static str = "everything saved", "모두 저장됨";
    sample_saved_nothing: &'static str = "a sample: nothing was recorded", "연습이라 기록하지 않았습니다";
    home: &'static str = "home", "홈";
    undo_last_grade: &'static str = "undo last grade", "마지막 평가 되돌리기";

    // Home.
    home_title: &'static str = "Home", "홈";
    today: &'static str = "Today", "오늘";
    date: fn(Day) -> String = date_en, date_ko;
    start: &'static str = "start", "시작";
    choose: &'static str = "choose", "선택";
    quit: &'static str = "quit", "종료";
    about_minutes: fn(u32) -> String = |n| format!("about {n} min"), |n| format!("약 {n}분");
    minutes_short: fn(u32) -> String = |n| format!("{n} min"), |n| format!("{n}분");
    due_and_new: fn(usize, usize) -> String =
        |due, new| match (due, new) {
            (due, 0) => format!("{due} due"),
            (0, new) => format!("{new} new"),
            _ => format!("{due} due, {new} new"),
        },
        |due, new| match (due, new) {
            (due, 0) => format!("복습 {due}장"),
            (0, new) => format!("새 카드 {new}장"),
            _ => format!("복습 {due}, 새 카드 {new}장"),
        };
    study_more: &'static str = "5 more", "5장 더";
    unseen_left: Count = |n| format!("{n} cards left"), |n| format!("남은 새 카드 {n}장");
    what_moved: &'static str = "What moved", "달라진 것";
    tomorrow: fn(usize, u32) -> String =
        |cards, minutes| format!(
            "Tomorrow: {cards} card{}, about {minutes} min",
            if cards == 1 { "" } else { "s" }
        ),
        |cards, minutes| format!("내일: 카드 {cards}장, 약 {minutes}분");
    again_and_new: fn(usize, usize) -> String =
        |again, new| match (again, new) {
            (again, 0) => format!("{again} again"),
            (0, new) => format!("{new} new"),
            _ => format!("{again} again, {new} new"),
        },
        |again, new| match (again, new) {
            (again, 0) => format!("복습 {again}장"),
            (0, new) => format!("새 카드 {new}장"),
            _ => format!("복습 {again}, 새 카드 {new}장"),
        };
    ten_more: &'static str = "10 more", "10분 더";
    ready_for_today: &'static str = "enough for today", "오늘은 충분합니다";
    minutes_done: &'static str = "today's minutes are done", "오늘 시간을 다 채웠습니다";
    day_off: &'static str = "today is a day off", "오늘은 쉬는 날입니다";
    warm_up: &'static str = "Warm-up", "워밍업";
    warm_up_detail: Count =
        |n| format!("your {n} surest cards"),
        |n| format!("자신 있는 카드 {n}장");
    readiness: &'static str = "Readiness", "준비도";
    readiness_today: fn(&str) -> String = |share| format!("today {share}"), |share| format!("오늘 {share}");
    readiness_on: fn(Day) -> String =
        |day| format!("on {}, if you", short_en(day)),
        |day| format!("{}에는", short_ko(day));
    readiness_followed: &'static str = "follow the plan", "계획대로 하면";
    readiness_stopped: &'static str = "stop today", "오늘 멈추면";
    readiness_meaning: fn(usize, usize) -> String =
        |seen, all| format!("simulated, {seen} of {all} seen"),
        |seen, all| format!("시뮬레이션, {seen}/{all}장 학습");
    ten_minutes_here: &'static str = "10 minutes buy most here", "10분을 쓴다면 여기부터";
    weak_spot: &'static str = "Weak spot", "약한 곳";
    quiz: &'static str = "Quiz", "퀴즈";
    quiz_detail: Count = |n| format!("{n} questions"), |n| format!("{n}문제");
    decks: &'static str = "Decks", "덱";
    problems: Count =
        |n| format!("{n} problem{}", if n == 1 { "" } else { "s" }),
        |n| format!("오류 {n}건");
    decks_and_cards: fn(usize, usize) -> String =
        |decks, cards| {
            let plural = |n: usize| if n == 1 { "" } else { "s" };
            format!("{decks} deck{}, {cards} card{}", plural(decks), plural(cards))
        },
        |decks, cards| format!("덱 {decks}개, 카드 {cards}장");
    memory: &'static str = "Memory", "기억";
    memory_too_early: &'static str = "too early to say", "아직 알 수 없습니다";
    memory_later: fn(&str, &str) -> String =
        |week, month| format!("without study {week} in 7 days, {month} in 30"),
        |week, month| format!("공부하지 않으면 7일 뒤 {week}, 30일 뒤 {month}");
    new_count: Count = |n| format!("{n} new"), |n| format!("새 카드 {n}장");
    seen_count: fn(usize, usize) -> String =
        |seen, all| format!("{seen} of {all} seen"),
        |seen, all| format!("{all}장 중 {seen}장");
    last_14_days: &'static str = "Last 14 days", "최근 14일";
    recall_30_days: &'static str = "Recalled, last 30 days", "최근 30일 정답률";
    too_sure: fn(i32) -> String =
        |n| format!("You are a little too sure (+{n})"),
        |n| format!("조금 과신하고 있습니다 (+{n})");
    well_judged: &'static str = "You judge yourself well", "자기 평가가 정확합니다";
    answered_today: Count = |n| format!("{n} answered today"), |n| format!("오늘 답변 {n}회");
    your_interview: &'static str = "Your interview", "면접";
    interview_when: fn(Day, u32) -> String =
        |day, days| match days {
            0 => format!("{}, today", date_en(day)),
            1 => format!("{}, tomorrow", date_en(day)),
            _ => format!("{}, in {days} days", date_en(day)),
        },
        |day, days| match days {
            0 => format!("{}, 오늘", date_ko(day)),
            1 => format!("{}, 내일", date_ko(day)),
            _ => format!("{}, {days}일 남음", date_ko(day)),
        };
    took_back: fn(&str) -> String =
        |card| format!("Taken back: the last grade of {card}"),
        |card| format!("되돌렸습니다: {card}");
    nothing_to_undo: &'static str = "There is nothing to take back", "되돌릴 평가가 없습니다";

    // Quiz.
    quiz_result: &'static str = "Quiz result", "퀴즈 결과";
    time_left: fn(&str) -> String = |time| format!("{time} left"), |time| format!("{time} 남음");
    tag_label: &'static str = "Tag", "태그";
    all_tags: &'static str = "all", "전체";
    cards_count: Count =
        |n| format!("({n} card{})", if n == 1 { "" } else { "s" }),
        |n| format!("({n}장)");
    last_quizzes: &'static str = "Last quizzes", "최근 퀴즈";
    questions: &'static str = "Questions", "문제 수";
    time: &'static str = "Time", "시간";
    feedback: &'static str = "Feedback", "채점";
    order: &'static str = "Order", "순서";
    no_clock: &'static str = "no clock", "제한 없음";
    after_each: &'static str = "after each", "문제마다";
    at_the_end: &'static str = "at the end (exam)", "끝나고 한꺼번에 (시험)";
    weakest_first: &'static str = "weakest first", "약한 것부터";
    mixed: &'static str = "mixed tags", "골고루";
    quiz_is_no_review: &'static str =
        "Recognising is easier than recalling: a quiz shows where you are. It does not count as a review. Wrong answers go to today's study list.",
        "보기에서 고르는 것은 스스로 떠올리는 것보다 쉽습니다. 퀴즈는 현재 수준을 확인하는 용도라 복습으로 치지 않으며, 틀린 문제는 오늘 학습 목록에 추가됩니다.";
    change: &'static str = "change", "바꾸기";
    previous: &'static str = "previous", "이전";
    stop: &'static str = "stop", "끝내기";
    read: &'static str = "read", "읽기";
    study_these: Count = |n| format!("study these {n}"), |n| format!("이 {n}장 학습하기");
    which_point_belongs: &'static str = "Which of these belongs to a good answer?", "좋은 답변에 들어갈 내용은 무엇인가요?";
    wrong_or_open: &'static str = "Wrong or open", "틀린 문제·미응답";
    left_open: &'static str = "open", "미응답";
    all_right: &'static str = "All right.", "모두 맞았습니다.";
    added_to_today: Count =
        |n| format!("{n} added to today's study list."),
        |n| format!("오늘 학습 목록에 {n}장을 넣었습니다.");
    sure_right_wrong: fn(usize, usize) -> String =
        |right, wrong| format!("sure and right {right}   sure and wrong {wrong}"),
        |right, wrong| format!("확실했고 맞음 {right}   확실했지만 틀림 {wrong}");

    // Decks.
    other_cards_go_on: &'static str =
        "All other cards go on working, and no progress is lost.",
        "다른 카드는 그대로 쓸 수 있고, 학습 기록은 그대로입니다.";
    yours: &'static str = "yours", "내 덱";
    your_decks_go_in: fn(&str) -> String =
        |folder| format!("Your own decks go in {folder} (any *.toml, read live)."),
        |folder| format!("내 덱은 {folder} 폴더에 넣으면 됩니다 (*.toml, 바로 반영).");

    // First run.
    welcome: &'static str = "Welcome", "환영합니다";
    nothing_is_set_up: &'static str =
        "Nothing is set up yet; everything below can be changed later.",
        "아직 설정한 것이 없습니다. 아래 내용은 나중에 모두 바꿀 수 있습니다.";
    your_interview_optional: &'static str = "Your interview (Enter skips)", "면접 (Enter로 건너뛰기)";
    date_label: &'static str = "Date", "날짜";
    date_examples: &'static str = "2026-12-06, +14, 2w, 12/6", "2026-12-06, +14, 2주, 12월 6일";
    date_is_past: &'static str = "that day is past", "지난 날짜입니다";
    date_is_unclear: &'static str = "no such date; try 2026-12-06 or +14", "날짜가 아닙니다 (예: 2026-12-06, +14)";
    role_label: &'static str = "Role", "직무";
    any_role: &'static str = "any", "전체";
    roles: [&'static str; 4] =
        ["DevOps engineer", "SRE", "Cloud engineer", "Platform engineer"],
        ["DevOps 엔지니어", "SRE", "클라우드 엔지니어", "플랫폼 엔지니어"];
    language_label: &'static str = "Language", "언어";
    languages: [&'static str; 2] = ["English", "한국어 (Korean)"], ["English (영어)", "한국어"];
    next_field: &'static str = "next field", "다음 칸";
    skip_all: &'static str = "skip all", "모두 건너뛰기";
    own_decks_label: &'static str = "Your own decks go in", "내 덱 폴더";
    progress_label: &'static str = "Progress is kept in", "학습 기록 위치";
    nothing_leaves: &'static str = "Nothing ever leaves this machine.", "데이터는 이 컴퓨터 밖으로 나가지 않습니다.";
}

impl Texts {
    /// The phrases of a language.
    pub fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::En => &EN,
            Lang::Ko => &KO,
        }
    }

    /// One of two phrases.
    pub const fn pick(&self, en: &'static str, ko: &'static str) -> &'static str {
        match self.lang {
            Lang::En => en,
            Lang::Ko => ko,
        }
    }

    /// The word of a grade.
    pub const fn rating(&self, rating: Rating) -> &'static str {
        match rating {
            Rating::Again => self.pick("Again", "다시"),
            Rating::Hard => self.pick("Hard", "어려움"),
            Rating::Good => self.pick("Good", "알맞음"),
            Rating::Easy => self.pick("Easy", "쉬움"),
        }
    }

    /// The word of a kind of card.
    pub const fn kind(&self, kind: CardKind) -> &'static str {
        match kind {
            CardKind::Open => self.pick("open", "서술형"),
            CardKind::Choice => self.pick("choice", "객관식"),
            CardKind::Cloze => self.pick("cloze", "빈칸"),
            CardKind::Order => self.pick("order", "순서"),
            CardKind::Numeric => self.pick("numeric", "숫자"),
            CardKind::Command => self.pick("command", "명령어"),
        }
    }

    /// The word of a severity.
    pub const fn severity(&self, severity: Severity) -> &'static str {
        match severity {
            Severity::Error => self.pick("error", "오류"),
            Severity::Warning => self.pick("warning", "경고"),
        }
    }

    /// What helps to see why an answer was not right.
    pub fn note(&self, note: &Note) -> String {
        let en = self.lang == Lang::En;
        match note {
            Note::Empty => self.pick("Nothing was answered.", "답이 비어 있습니다.").to_owned(),
            Note::NearMiss(why) => why.clone(),
            Note::NotANumber => {
                self.pick("That is not a number.", "숫자로 읽을 수 없습니다.").to_owned()
            }
            Note::UnitUnknown { word, expected } | Note::UnitMismatch { word, expected } => {
                match (en, expected.is_empty()) {
                    (true, true) => format!("\"{word}\" does not fit: the answer has no unit."),
                    (true, false) => format!("\"{word}\" does not fit: the unit is {expected}."),
                    (false, true) => format!("단위가 없는 값입니다(\"{word}\")."),
                    (false, false) => format!("단위가 맞지 않습니다(\"{word}\"). 단위: {expected}"),
                }
            }
            Note::TooLargeByFactor(factor) if en => format!("{factor} times too large."),
            Note::TooLargeByFactor(factor) => format!("정답보다 {factor}배 큽니다."),
            Note::TooSmallByFactor(factor) if en => format!("{factor} times too small."),
            Note::TooSmallByFactor(factor) => format!("정답보다 {factor}배 작습니다."),
            Note::Spelling { meant } if en => format!("Spelling: {meant}"),
            Note::Spelling { meant } => format!("맞춤법: {meant}"),
            Note::CaseMatters { meant } if en => format!("Upper and lower case count: {meant}"),
            Note::CaseMatters { meant } => format!("대소문자를 구분합니다: {meant}"),
            Note::OpenQuote => self
                .pick("A quotation mark is not closed.", "따옴표가 닫히지 않았습니다.")
                .to_owned(),
        }
    }

    /// Why there is nothing to study, and what can be done.
    pub fn nothing_to_study(&self, why: &NothingToStudy) -> String {
        let en = self.lang == Lang::En;
        match why {
            NothingToStudy::NoCards => self
                .pick(
                    "No card fits. `prep list` lists all cards.",
                    "조건에 맞는 카드가 없습니다. `prep list`로 모든 카드를 볼 수 있습니다.",
                )
                .to_owned(),
            NothingToStudy::Ready { .. } => self
                .pick(
                    "Enough for today: no card gains much before the interview. `--minutes 10` asks on.",
                    "오늘은 충분합니다. 지금 더 봐도 면접 날 기억에 큰 차이가 없습니다. 더 하려면 `--minutes 10`을 붙이세요.",
                )
                .to_owned(),
            NothingToStudy::MinutesSpent { .. } => self
                .pick(
                    "Today's minutes are done. `--minutes 10` asks on.",
                    "오늘 정한 시간을 다 채웠습니다. 더 하려면 `--minutes 10`을 붙이세요.",
                )
                .to_owned(),
            NothingToStudy::DayOff { .. } => self
                .pick(
                    "Today is a day off. `--minutes 10` asks all the same.",
                    "오늘은 쉬는 날입니다. 그래도 하려면 `--minutes 10`을 붙이세요.",
                )
                .to_owned(),
            NothingToStudy::Done { next, unseen } => {
                let mut text =
                    self.pick("Nothing is due today.", "오늘 할 카드가 없습니다.").to_owned();
                if let Some(day) = next {
                    let date = (self.date)(*day);
                    let next = if en {
                        format!(" Next: {date}.")
                    } else {
                        format!(" 다음 복습: {date}.")
                    };
                    text.push_str(&next);
                }
                if *unseen > 0 {
                    let more = if en {
                        format!(" {unseen} cards were never seen: --new 5 asks five of them.")
                    } else {
                        format!(
                            " 아직 안 본 카드가 {unseen}장 있습니다. --new 5를 붙이면 5장을 묻습니다."
                        )
                    };
                    text.push_str(&more);
                }
                text
            }
        }
    }
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const WEEKDAYS: [(&str, &str); 7] = [
    ("Mon", "월"),
    ("Tue", "화"),
    ("Wed", "수"),
    ("Thu", "목"),
    ("Fri", "금"),
    ("Sat", "토"),
    ("Sun", "일"),
];

fn date_en(day: Day) -> String {
    let (_, month, date) = day.date();
    let month = usize::try_from(month - 1).ok().and_then(|month| MONTHS.get(month));
    format!("{} {date} {}", WEEKDAYS[day.weekday()].0, month.unwrap_or(&""))
}

fn date_ko(day: Day) -> String {
    let (_, month, date) = day.date();
    format!("{month}월 {date}일 ({})", WEEKDAYS[day.weekday()].1)
}

fn short_en(day: Day) -> String {
    let (_, month, date) = day.date();
    let month = usize::try_from(month - 1).ok().and_then(|month| MONTHS.get(month));
    format!("{date} {}", month.unwrap_or(&""))
}

fn short_ko(day: Day) -> String {
    let (_, month, date) = day.date();
    format!("{month}월 {date}일")
}

fn slash(day: Day) -> String {
    let (_, month, date) = day.date();
    format!("{month}/{date}")
}

fn days_en(days: u32) -> String {
    match days {
        1 => "1 day".to_owned(),
        2..=60 => format!("{days} days"),
        _ => format!("{} months", (days + 15) / 30),
    }
}

fn days_ko(days: u32) -> String {
    match days {
        1..=60 => format!("{days}일 뒤"),
        _ => format!("{}개월 뒤", (days + 15) / 30),
    }
}

#[cfg(test)]
mod tests {
    use super::Texts;
    use crate::domain::lang::Lang;
    use crate::domain::time::Day;

    #[test]
    fn dates_are_said_as_people_say_them() {
        let day = Day::from_iso("2026-12-06").expect("a date");
        assert_eq!((Texts::of(Lang::En).date)(day), "Sun 6 Dec");
        assert_eq!((Texts::of(Lang::Ko).date)(day), "12월 6일 (일)");
        assert_eq!((Texts::of(Lang::En).interval)(1), "1 day");
        assert_eq!((Texts::of(Lang::En).interval)(90), "3 months");
    }
}
