//! The words of actions, places and digits: labels of the footer and lines of the help.

use crate::i18n::Texts;
use crate::tui::action::{Action, Digits, Place};

impl Texts {
    /// One to three words for the footer.
    pub const fn action(&self, action: Action) -> &'static str {
        use Action as A;
        match action {
            A::Help => self.pick("help", "도움말"),
            A::Undo => self.pick("undo", "되돌리기"),
            A::Back => self.pick("back", "뒤로"),
            A::Quit => self.pick("quit", "종료"),
            A::Redraw => self.pick("redraw", "다시 그리기"),
            A::SuspendProgram => self.pick("suspend", "셸로 나가기"),
            A::Up => self.pick("up", "위로"),
            A::Down => self.pick("down", "아래로"),
            A::PageUp => self.pick("page up", "앞 쪽"),
            A::PageDown => self.pick("more", "더 보기"),
            A::First => self.pick("first", "처음"),
            A::Last => self.pick("last", "끝"),
            A::Left => self.pick("left", "왼쪽"),
            A::Right => self.pick("right", "오른쪽"),
            A::NextPart => self.pick("next field", "다음 칸"),
            A::PreviousPart => self.pick("previous field", "이전 칸"),
            A::Confirm => self.pick("take it", "확인"),
            A::Show | A::GiveUp => self.pick("show answer", "정답 보기"),
            A::TypeAnswer => self.pick("type it", "답 쓰기"),
            A::Toggle => self.pick("tick", "체크"),
            A::GoOn => self.pick("next", "다음"),
            A::Skip => self.pick("skip", "나중에"),
            A::LeaveOpen => self.pick("leave open", "비워 두기"),
            A::Sure => self.pick("+ sure", "확실함 표시"),
            A::TakeBack => self.pick("take back", "하나 빼기"),
            A::Hint => self.pick("hint", "힌트"),
            A::Edit => self.pick("edit", "편집"),
            A::SuspendCard => self.pick("suspend card", "카드 제외"),
            A::Bury => self.pick("bury", "내일로"),
            A::Star => self.pick("star", "별표"),
            A::Language => self.pick("Korean", "영어로"),
            A::ViewAll => self.pick("view all", "모두 보기"),
            A::List => self.pick("list", "목록"),
            A::Again => self.pick("again", "다시 풀기"),
            A::TryIt => self.pick("try it", "맛보기"),
            A::Plan => self.pick("plan", "계획"),
            A::Add => self.plan_add(),
            A::Remove => self.plan_remove(),
            A::Stats => self.pick("stats", "통계"),
            A::NextPage => self.pick("next page", "다음 쪽"),
            A::PreviousPage => self.pick("previous page", "이전 쪽"),
            A::Window => self.pick("30/90/all days", "기간"),
            A::Export => self.pick("export", "내보내기"),
            A::NewCard => self.pick("new card", "새 카드"),
            A::Search => self.pick("search", "검색"),
            A::MarkAll => self.pick("mark all", "모두 고르기"),
            A::Tag => self.pick("tag", "태그"),
            A::Digit(_) => "",
        }
    }

    /// A line of the help.
    pub const fn action_help(&self, action: Action) -> &'static str {
        use Action as A;
        match action {
            A::Undo => {
                self.pick("take the last step back, without limit", "되돌리기 (횟수 제한 없음)")
            }
            A::Back => self.pick("one step back", "한 단계 뒤로"),
            A::Quit => self.pick("quit at once, all is saved", "바로 종료, 모두 저장됨"),
            A::Redraw => self.pick("draw the screen again", "화면 다시 그리기"),
            A::SuspendProgram => {
                self.pick("to the shell; fg comes back", "셸로 나가기, fg로 돌아오기")
            }
            A::PageUp => self.pick("scroll up", "한 화면 위로"),
            A::PageDown => self.pick("scroll down", "한 화면 아래로"),
            A::Confirm => self.pick("take what is marked", "선택한 항목 실행"),
            A::Show => self.pick("show the answer", "정답 보기"),
            A::GiveUp => self.pick("show the answer without answering", "답하지 않고 정답 보기"),
            A::TypeAnswer => self.pick("type the answer", "답 쓰기"),
            A::Toggle => self.pick("tick the marked line", "표시된 줄 체크"),
            A::Skip => self.pick("skip: the card comes at the end", "나중에: 맨 뒤로 보내기"),
            A::LeaveOpen => self.pick("leave the question open", "문제를 비워 두기"),
            A::Sure => self.pick("the next answer is meant as sure", "다음 답을 확실하다고 표시"),
            A::TakeBack => {
                self.pick("take the last step of the order back", "마지막에 고른 단계 빼기")
            }
            A::Hint => {
                self.pick("show the hint (then Hard at best)", "힌트 보기 (평가는 '어려움'까지)")
            }
            A::Edit => self.pick("edit in $EDITOR", "$EDITOR에서 편집"),
            A::SuspendCard => {
                self.pick("suspend: never ask this card", "이 카드 제외 (다시 묻지 않음)")
            }
            A::Bury => self.pick("bury: not before tomorrow", "내일 이후로 미루기"),
            A::Star => self.pick("mark as important, or not", "중요 표시 켜고 끄기"),
            A::Language => {
                self.pick("show the card in the other language", "카드를 다른 언어로 보기")
            }
            A::ViewAll => self.pick("show all of your answer", "내 답 전체 보기"),
            A::List => self.pick("list all answers of the session", "이번 학습의 모든 답 보기"),
            A::Again => self.pick("another quiz like this", "같은 조건으로 다시 풀기"),
            A::TryIt => {
                self.pick("two sample questions, nothing is recorded", "예시 문제 2개, 기록 안 함")
            }
            A::Plan => self.pick("the plan to your interview", "면접까지의 계획"),
            A::Add => self.pick("name a further interview", "면접 하나 더 등록"),
            A::Remove => self.pick("forget the interview", "면접 지우기"),
            A::Stats => self.pick("statistics: what you remember", "통계: 얼마나 기억하는지"),
            A::Window => {
                self.pick("count the last 30 or 90 days, or all", "최근 30일, 90일, 전체 기간")
            }
            A::Export => self.pick("write what is shown to a file", "보이는 내용을 파일로 저장"),
            A::Search => self.pick("search in all cards", "모든 카드에서 검색"),
            A::Tag => self.pick(
                "give your own cards a tag, or take it from them",
                "내 카드에 태그 붙이기, 이미 있으면 떼기",
            ),
            A::MarkAll => self
                .pick("mark all that is listed, or nothing", "목록 전체 고르기, 다시 누르면 해제"),
            _ => self.action(action),
        }
    }

    /// A line of the help of a place: where an action means something special there, that.
    pub const fn action_help_in(&self, place: Place, action: Action) -> &'static str {
        use Action as A;
        match (place, action) {
            (Place::Browse, A::Confirm) => self.pick("open the card", "카드 열기"),
            (Place::Browse, A::Toggle) => self.pick("mark the card, or not", "카드 고르기, 해제"),
            (Place::Browse | Place::Card, A::SuspendCard) => self.pick(
                "suspend: never ask it; again: ask it",
                "제외 (다시 묻지 않음), 다시 누르면 해제",
            ),
            (Place::Browse, A::Back) => {
                self.pick("to all cards, then Home", "전체 목록으로, 그다음 홈으로")
            }
            (Place::SearchField, A::Confirm | A::NextPart | A::Back) => {
                self.pick("to the list", "목록으로")
            }
            (Place::Plan, A::Confirm) => {
                self.pick("study what the plan gives today", "오늘 계획대로 학습하기")
            }
            (Place::Plan, A::Edit) => {
                self.pick("change interview, minutes, days off", "면접, 시간, 쉬는 날 고치기")
            }
            (Place::Plan, A::Toggle) => self
                .pick("the marked day is off, or not", "표시된 날을 쉬는 날로, 다시 누르면 해제"),
            (Place::Card, A::NextPart) => self.pick("text or memory", "본문과 기억 바꾸기"),
            (Place::Card, A::Back) => self.pick("to the list", "목록으로"),
            _ => self.action_help(action),
        }
    }

    /// The name of a place.
    pub const fn place(&self, place: Place) -> &'static str {
        match place {
            Place::Home => self.home_title,
            Place::FirstRun => self.welcome,
            Place::Decks => self.decks,
            Place::Question | Place::Confidence | Place::Choice | Place::Order | Place::Typed => {
                self.pick("Question", "문제")
            }
            Place::TextField | Place::LineField => self.text_fields,
            Place::Ticks => self.key_points_row,
            Place::Answer => self.model_answer,
            Place::Grade => self.pick("Grade", "평가"),
            Place::Summary => self.session_done,
            Place::QuizSetup
            | Place::QuizChoice
            | Place::QuizOrder
            | Place::QuizTyped
            | Place::QuizFeedback => self.quiz,
            Place::QuizResult => self.quiz_result,
            Place::Plan => self.plan(),
            Place::Stats => self.stats_title(),
            Place::AddForm => self.add_title(),
            Place::DeckProblem => self.deck_problem(),
            Place::Browse => self.browse(),
            Place::SearchField => self.search_field(),
            Place::Card => self.card_page(),
            Place::Help => self.pick("Help", "도움말"),
        }
    }

    /// The digits that work.
    pub const fn digits_of(digits: Digits) -> &'static str {
        match digits {
            Digits::None => "",
            Digits::Confidence => "1 2 3",
            Digits::Way => "1 2",
            Digits::Grade => "1 2 3 4",
            Digits::Tick => "1-9  0",
            Digits::Choose | Digits::Option | Digits::Step => "1-9",
            Digits::Page => "1-5",
        }
    }

    /// What digits do.
    pub const fn digits(&self, digits: Digits) -> &'static str {
        match digits {
            Digits::None => "",
            Digits::Choose => self.pick("choose a line", "줄 선택"),
            Digits::Confidence => {
                self.pick("say how sure you are and show the answer", "확신도를 고르고 정답 보기")
            }
            Digits::Tick => self
                .pick("tick a key point; 0: I said something wrong", "핵심 체크, 0은 틀린 말을 함"),
            Digits::Grade => self.pick("Again, Hard, Good, Easy", "다시, 어려움, 알맞음, 쉬움"),
            Digits::Option => self.pick("take an option", "보기 고르기"),
            Digits::Way => self.pick(
                "where not all fits: keep the best, or add minutes",
                "시간이 모자랄 때: 중요한 것만 남기기, 시간 더하기",
            ),
            Digits::Step => self.pick("pick the next step", "다음 단계 고르기"),
            Digits::Page => self.pick("turn to a page", "쪽 고르기"),
        }
    }
}
