//! Phrases of the list of cards, of the page of one card and of `prep list --search`.

use crate::domain::lang::Lang;
use crate::domain::time::Day;
use crate::i18n::Texts;
use crate::study::search::{Field, Refused};

phrases! {
    /// The list of all cards.
    browse = "Browse", "카드 찾기";
    /// The field over it.
    search_field = "Search", "검색";
    /// The page of one card.
    card_page = "Card", "카드";
    /// What stands in an empty search field: everything that may be typed there.
    search_language = "words tag: deck: asked: level: kind: due new lapsed starred suspended", "낱말 태그: 덱: 기출: 수준: 종류: 오늘 새카드 틀린 별표 제외";
    /// Column: when the card comes.
    head_due = "due", "복습";
    /// Column: probability of recall.
    head_recall = "recall", "기억";
    /// Column: key points of the last answer.
    head_points = "points", "핵심";
    /// Column: how often it was forgotten.
    head_lapses = "lapses", "잊음";
    /// Column: the main tag.
    head_tag = "tag", "태그";
    /// Column: the question.
    head_question = "question", "질문";
    /// In the column of days: never rated.
    short_new = "new", "새 카드";
    /// In the column of days: taken out.
    short_suspended = "out", "제외";
    /// Nothing answers a search.
    nothing_found = "No card answers this search.", "검색에 맞는 카드가 없습니다.";
    /// Texts are still being read while nothing is found.
    still_reading = "Reading the texts of the cards ...", "카드 본문을 읽는 중입니다 ...";
    /// How to see everything again.
    esc_shows_all = "Esc shows all cards again.", "Esc를 누르면 모든 카드가 다시 나옵니다.";
    /// There is no card at all.
    no_cards_yet = "There are no cards yet.", "아직 카드가 없습니다.";
    /// Footer: mark a card.
    mark_card = "mark", "고르기";
    /// Footer: open a card.
    open_card = "open", "열기";
    /// Footer: to the list.
    to_list = "list", "목록";
    /// Footer: take a card out, or in again.
    suspend_short = "suspend", "제외";
    /// Footer: take a card in again.
    unsuspend_short = "unsuspend", "제외 해제";
    /// The part of a card that is its text.
    card_text_part = "Text", "본문";
    /// The part of a card that is its memory.
    memory_part = "Memory", "기억";
    /// Row: the next meeting.
    row_next = "Next", "다음 복습";
    /// Row: recall today.
    row_recall = "Recall today", "오늘 기억";
    /// Row: stability and difficulty.
    row_memory = "Memory", "기억 상태";
    /// Row: what is known from answers.
    row_answers = "Grades", "평가";
    /// Heading of the curve.
    forgetting_curve = "Forgetting curve", "망각 곡선";
    /// On the axis: the day of the frame.
    on_axis_today = "today", "오늘";
    /// On the axis: the day of the interview.
    on_axis_interview = "interview", "면접";
    /// Legend: an answer that was recalled.
    was_recalled = "recalled", "맞힘";
    /// Legend: an answer that was not.
    was_forgotten = "not recalled", "틀림";
    /// Instead of a curve: never graded.
    never_asked = "Never graded yet: study it, and its curve begins here.", "아직 평가한 적이 없습니다. 학습하면 여기에 곡선이 그려집니다.";
    /// Instead of a recall: failed and not recalled since.
    not_recalled_since = "not recalled since it failed", "틀린 뒤 아직 맞히지 못함";
    /// An answer of a quiz that was right.
    short_right = "right", "맞음";
    /// An answer of a quiz that was not right.
    short_wrong = "wrong", "틀림";
    /// Heading of questions that follow.
    next_questions = "Follow-up questions", "꼬리 질문";
}

impl Texts {
    /// What Home says of the list.
    pub fn browse_detail(&self, cards: usize) -> String {
        match self.lang {
            Lang::En => format!("search {cards} card{}", s(cards)),
            Lang::Ko => format!("카드 {cards}장에서 검색"),
        }
    }

    /// When a card comes, in a few cells: `days` from today, 0 for today and earlier.
    pub fn short_due(&self, days: u32) -> String {
        let months = (days + 15) / 30;
        match (self.lang, days) {
            (Lang::En, 0) => "today".to_owned(),
            (Lang::Ko, 0) => "오늘".to_owned(),
            (Lang::En, 1..=60) => format!("{days} d"),
            (Lang::Ko, 1..=60) => format!("{days}일"),
            (Lang::En, _) => format!("{months} mo"),
            (Lang::Ko, _) => format!("{months}개월"),
        }
    }

    /// How many cards are listed.
    pub fn listed_of(&self, listed: usize, all: usize) -> String {
        match (self.lang, listed == all) {
            (Lang::En, true) => format!("{all} card{}", s(all)),
            (Lang::En, false) => format!("{listed} of {all}"),
            (Lang::Ko, true) => format!("카드 {all}장"),
            (Lang::Ko, false) => format!("{all}장 중 {listed}장"),
        }
    }

    /// How many cards are marked.
    pub fn marked_cards(&self, cards: usize) -> String {
        match self.lang {
            Lang::En => format!("{cards} marked"),
            Lang::Ko => format!("{cards}장 고름"),
        }
    }

    /// How much is read.
    pub fn reading_texts(&self, percent: usize) -> String {
        match self.lang {
            Lang::En => format!("reading {percent}%"),
            Lang::Ko => format!("읽는 중 {percent}%"),
        }
    }

    /// Cards got a label, or lost it.
    pub fn tagged_cards(&self, cards: usize, tag: &str, is_on: bool) -> String {
        match (self.lang, is_on) {
            (Lang::En, true) => format!("{cards} card{} tagged: {tag}", s(cards)),
            (Lang::En, false) => format!("tag removed from {cards} card{}: {tag}", s(cards)),
            (Lang::Ko, true) => format!("카드 {cards}장에 태그를 붙였습니다: {tag}"),
            (Lang::Ko, false) => format!("카드 {cards}장에서 태그를 뗐습니다: {tag}"),
        }
    }

    /// Bundled cards are not written to.
    pub fn bundled_cards_stay(&self, cards: usize) -> String {
        match self.lang {
            Lang::En => format!("{cards} that come with prep stay as they are"),
            Lang::Ko => format!("기본 카드 {cards}장은 그대로 둡니다"),
        }
    }

    /// Before the field of a label for many cards.
    pub fn tag_for_cards(&self, cards: usize) -> String {
        match self.lang {
            Lang::En => format!("tag for {cards} card{}: ", s(cards)),
            Lang::Ko => format!("카드 {cards}장에 붙일 태그: "),
        }
    }

    /// Cards were taken out, or in again.
    pub fn suspended_cards(&self, cards: usize, is_out: bool) -> String {
        match (self.lang, is_out) {
            (Lang::En, true) => format!("{cards} card{} suspended: not asked any more", s(cards)),
            (Lang::En, false) => format!("{cards} card{} asked again", s(cards)),
            (Lang::Ko, true) => format!("카드 {cards}장을 제외했습니다. 더 묻지 않습니다"),
            (Lang::Ko, false) => format!("카드 {cards}장을 다시 묻습니다"),
        }
    }

    /// Cards were put off until tomorrow, or asked again today.
    pub fn buried_cards(&self, cards: usize, is_put_off: bool) -> String {
        match (self.lang, is_put_off) {
            (Lang::En, true) => format!("{cards} card{} put off until tomorrow", s(cards)),
            (Lang::En, false) => format!("{cards} card{} asked today again", s(cards)),
            (Lang::Ko, true) => format!("카드 {cards}장을 내일로 미뤘습니다"),
            (Lang::Ko, false) => format!("카드 {cards}장을 오늘 다시 묻습니다"),
        }
    }

    /// What may be written in the search, with what it finds.
    pub const fn search_help(&self) -> [(&'static str, &'static str); 7] {
        match self.lang {
            Lang::En => [
                ("words", "all of them occur, in either language"),
                ("\"two words\"", "just as written"),
                ("tag:k8s,aws deck:", "one of these tags, of this deck"),
                ("level:1-2 kind:open", "how hard, how asked"),
                ("asked:", "asked in an interview; asked:fintech by whom"),
                ("due new lapsed", "due today, never seen, forgotten before"),
                ("starred suspended", "what you decided"),
            ],
            Lang::Ko => [
                ("낱말", "모두 들어 있는 카드 (두 언어 모두)"),
                ("\"두 낱말\"", "쓴 그대로"),
                ("태그:k8s,aws 덱:", "이 태그 중 하나, 이 덱"),
                ("수준:1-2 종류:빈칸", "난이도, 문제 종류"),
                ("기출:", "면접에 나온 것, 기출:핀테크는 회사"),
                ("오늘 새카드 틀린", "오늘 볼 것, 안 본 것, 틀렸던 것"),
                ("별표 제외", "별표 단 것, 제외한 것"),
            ],
        }
    }

    /// Cards were starred, or no longer.
    pub fn starred_cards(&self, cards: usize, is_on: bool) -> String {
        match (self.lang, is_on) {
            (Lang::En, true) => format!("{cards} card{} starred", s(cards)),
            (Lang::En, false) => format!("{cards} card{} no longer starred", s(cards)),
            (Lang::Ko, true) => format!("카드 {cards}장에 별표를 달았습니다"),
            (Lang::Ko, false) => format!("카드 {cards}장의 별표를 뗐습니다"),
        }
    }

    /// A decision about cards was taken back.
    pub fn took_back_cards(&self, cards: usize) -> String {
        match self.lang {
            Lang::En => format!("took back the decision about {cards} card{}", s(cards)),
            Lang::Ko => format!("카드 {cards}장에 대한 결정을 되돌렸습니다"),
        }
    }

    /// A word of a search that means nothing after its field.
    pub fn refused_word(&self, refused: &Refused) -> String {
        let word = &refused.word;
        let (en, ko) = match refused.field {
            Field::Tag => ("no tag begins so", "이렇게 시작하는 태그가 없습니다"),
            Field::Deck => ("no deck begins so", "이렇게 시작하는 덱이 없습니다"),
            Field::Level => ("a level is 1, 2, 3 or 1-2", "수준은 1, 2, 3 또는 1-2처럼 씁니다"),
            Field::Kind => (
                "kinds are open, choice, cloze, order, numeric, command",
                "종류는 서술형, 객관식, 빈칸, 순서, 숫자, 명령어입니다",
            ),
            Field::Asked => ("no company is called so", "그런 회사가 없습니다"),
        };
        format!("{word}: {}", self.pick(en, ko))
    }

    /// The next meeting: its day, and how far it is.
    pub fn next_meeting(&self, day: Day, days: u32) -> String {
        let far = if days == 0 { self.short_due(0) } else { (self.interval)(days) };
        match self.lang {
            Lang::En if days > 0 => format!("{}, in {far}", (self.date)(day)),
            Lang::Ko if days > 0 => format!("{}, {far}", (self.date)(day)),
            _ => far,
        }
    }

    /// A day and month for an axis or a history.
    pub fn day_and_month(&self, day: Day) -> String {
        let date = (self.date)(day);
        match self.lang {
            Lang::En => date.split_once(' ').map_or(date.clone(), |(_, rest)| rest.to_owned()),
            Lang::Ko => {
                let (_, month, day) = day.date();
                format!("{month}/{day}")
            }
        }
    }

    /// The level of a card.
    pub fn level_of(&self, level: u8) -> String {
        match self.lang {
            Lang::En => format!("level {level}"),
            Lang::Ko => format!("수준 {level}"),
        }
    }

    /// Stability alone.
    pub fn stability_of(&self, days: f32) -> String {
        match self.lang {
            Lang::En => format!("stability {days:.1} d"),
            Lang::Ko => format!("안정도 {days:.1}일"),
        }
    }
}

const fn s(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

#[cfg(test)]
mod tests {
    use crate::domain::card::CardKind;
    use crate::domain::lang::Lang;
    use crate::domain::time::Day;
    use crate::i18n::Texts;
    use crate::study::search::{Query, Term};

    #[test]
    fn a_search_knows_the_kinds_by_the_words_of_the_interface() {
        for kind in CardKind::ALL {
            for lang in [Lang::En, Lang::Ko] {
                let word = Texts::of(lang).kind(kind);
                let query = Query::parse(&format!("kind:{word}"));
                assert_eq!(query.terms, [Term::Kind(vec![kind])], "{word}");
            }
        }
    }

    #[test]
    fn days_are_short_in_both_languages() {
        let (en, ko) = (Texts::of(Lang::En), Texts::of(Lang::Ko));
        let day = Day::from_iso("2026-12-06").expect("a date");
        assert_eq!((en.short_due(0), ko.short_due(3)), ("today".into(), "3일".into()));
        assert_eq!((en.short_due(90), ko.short_due(90)), ("3 mo".into(), "3개월".into()));
        assert_eq!((en.day_and_month(day), ko.day_and_month(day)), ("6 Dec".into(), "12/6".into()));
        assert_eq!(en.next_meeting(day, 13), "Sun 6 Dec, in 13 days");
        assert_eq!(ko.next_meeting(day, 13), "12월 6일 (일), 13일 뒤");
        assert_eq!(ko.next_meeting(day, 0), "오늘");
    }
}
