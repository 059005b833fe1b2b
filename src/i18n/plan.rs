//! Phrases of the plan to an interview and of what-if questions, on screens and in commands.

use crate::domain::interview::{Interview, StudyTime};
use crate::domain::lang::Lang;
use crate::domain::time::Day;
use crate::i18n::Texts;
use crate::study::plan::Capacity;

phrases! {
    /// The plan: its page and its line on Home.
    plan = "Plan", "계획";
    /// What the line of Home says without an interview.
    plan_names_interview = "name your interview", "면접 등록하기";
    /// How an interview is named, where there is none.
    plan_without_interview = "No interview is named. `prep plan --date 2026-12-06 --time 14:00` names one.", "등록한 면접이 없습니다. `prep plan --date 2026-12-06 --time 14:00`으로 등록할 수 있습니다.";
    /// Row: minutes that are given.
    plan_minutes = "Minutes", "시간";
    /// Row: cards and what they need.
    plan_cards = "Cards", "카드";
    /// Row: readiness.
    plan_readiness = "Readiness", "준비도";
    /// Row: what other minutes would bring.
    plan_levels = "What if", "하루에";
    /// Column: day.
    plan_column_day = "day", "날짜";
    /// Column: cards asked again.
    plan_column_again = "again", "복습";
    /// Column: new cards.
    plan_column_new = "new", "새 카드";
    /// Column: minutes.
    plan_column_minutes = "min", "분";
    /// Column: readiness at the end of the day.
    plan_column_readiness = "readiness", "준비도";
    /// A forecast made by simulation.
    simulated = "simulated", "시뮬레이션 결과";
    /// A day without study.
    plan_day_off = "off", "쉬는 날";
    /// A day with part of its minutes.
    plan_day_light = "light", "가볍게";
    /// The day of an interview.
    plan_day_interview = "interview", "면접";
    /// Row: a further interview.
    plan_also = "Also", "다음 면접";
    /// Today.
    plan_day_today = "today", "오늘";
    /// Today with part of its minutes.
    plan_day_today_light = "today, light", "오늘, 가볍게";
    /// How an interview is named on the page.
    plan_is_empty = "No interview is named yet. Name one, and the plan says what to study until then so that most is known on the day.", "등록한 면접이 없습니다. 면접을 등록하면 그날 가장 많이 기억하도록 무엇을 공부할지 계획합니다.";
    /// Footer: name an interview.
    plan_add = "add interview", "면접 추가";
    /// Footer: change interview and minutes.
    plan_edit = "edit", "고치기";
    /// Footer: forget the interview.
    plan_remove = "remove", "지우기";
    /// Footer: a day off, or not.
    plan_toggle = "day off", "쉬는 날";
    /// Footer: the two ways out.
    plan_ways = "ways", "방법";
    /// Footer of the form.
    plan_save = "save", "저장";
    /// Footer of the form.
    plan_cancel = "cancel", "취소";
    /// The form of a further interview.
    plan_add_title = "Add an interview", "면접 추가";
    /// The form of an interview that is named.
    plan_edit_title = "Interview and minutes", "면접과 시간";
    /// Field: time of day.
    field_time = "Time", "시각";
    /// Field: company.
    field_company = "Company", "회사";
    /// Field: tags in focus.
    field_tags = "Tags", "태그";
    /// Field: minutes a day.
    field_minutes = "Min. a day", "하루(분)";
    /// Field: days off.
    field_days_off = "Days off", "쉬는 날";
    /// What the time field takes.
    time_examples = "14:00, 2pm; may stay empty", "14:00, 오후 2시, 비워 둬도 됩니다";
    /// What the role field takes.
    role_examples = "devops, sre, cloud, platform, or another", "devops, sre, cloud, platform 등";
    /// What the company field is for.
    company_examples = "what it asked before counts most", "이 회사에서 나온 질문을 먼저 봅니다";
    /// What the tags field takes.
    tags_examples = "kubernetes, aws; empty for all", "쿠버네티스, aws, 비우면 전체";
    /// What the minutes field takes.
    minutes_examples = "45, or 45,60 for the weekend, or seven from Mon", "45, 주말은 45,60, 요일별로 일곱 개";
    /// What the field of days off takes.
    days_off_examples = "12/3, 12/24", "12/3, 12월 24일";
    /// A time that cannot be read.
    time_is_unclear = "no such time; try 14:00", "시각이 아닙니다 (예: 14:00)";
    /// Minutes that cannot be read.
    minutes_are_unclear = "no such minutes; try 45 or 45,60", "분이 아닙니다 (예: 45, 45,60)";
    /// A missing date.
    date_is_missing = "an interview needs a date", "면접 날짜가 필요합니다";
    /// A role that stands in no list.
    role_is_own = "cards of every role count", "모든 직무의 카드를 셉니다";
    /// What the first way out says when taken.
    way_keep_taken = "The plan keeps the cards that count most", "중요한 카드부터 공부하도록 계획합니다";
    /// There is nothing to take back on the page.
    plan_nothing_to_undo = "There is nothing to take back", "되돌릴 것이 없습니다";
    /// A change was taken back.
    plan_undone = "Taken back", "되돌렸습니다";
    /// All cards fit.
    plan_all_fit = "all fit three recalls on three days", "모든 카드를 사흘간 세 번씩 볼 수 있습니다";
    /// The first way out.
    plan_way_keep = "keep those that count most (the plan does)", "중요한 카드부터 남기기 (지금 계획)";
    /// What happens with days that were missed.
    plan_missed_days = "Missed days are planned anew, never piled up.", "빠진 날이 있어도 밀리지 않습니다. 남은 날로 다시 계획합니다.";
    /// A way of choosing: by the plan.
    way_plan = "plan", "계획";
    /// Row: minutes a day.
    what_if_minutes = "Minutes a day", "하루 시간(분)";
    /// Row: reviews a day.
    what_if_reviews = "Reviews a day", "하루 복습(장)";
    /// Row: new cards a day.
    what_if_new = "New cards a day", "하루 새 카드(장)";
    /// Row: recall if there is no study.
    what_if_nothing = "Without study", "공부하지 않으면";
    /// A question without a card.
    what_if_no_cards = "no card fits; `prep tags` lists the tags", "맞는 카드가 없습니다. `prep tags`로 태그를 볼 수 있습니다";
    /// An interview to which no card belongs.
    plan_no_cards = "no card belongs to this interview: its role and tags select none", "이 면접에 해당하는 카드가 없습니다. 직무와 태그를 확인하세요";
    /// No minutes are given.
    plan_no_minutes = "No minutes are given until the interview.", "면접까지 정한 시간이 없습니다.";
    /// What `prep study` does.
    plan_next_command = "what the plan gives today", "오늘 계획한 만큼 공부하기";
    /// No study days are left.
    plan_no_more_days = "The interview is today: no study days are left.", "오늘이 면접입니다. 남은 학습일이 없습니다.";
}

impl Texts {
    /// Who is interviewed for what: role and company, or simply the interview.
    pub fn interview_name(&self, role: &str, company: &str) -> String {
        let named: Vec<&str> =
            [role, company].into_iter().filter(|word| !word.is_empty()).collect();
        if named.is_empty() { self.your_interview.to_owned() } else { named.join(" @ ") }
    }

    /// When an interview is: `Sun 6 Dec 14:00`.
    pub fn interview_date(&self, interview: &Interview) -> String {
        let date = (self.date)(interview.day);
        match interview.time {
            Some(time) => format!("{date} {time}"),
            None => date,
        }
    }

    /// What the line of Home says before an interview.
    pub fn plan_until(&self, day: Day) -> String {
        let date = (self.date)(day);
        match self.lang {
            Lang::En => format!("day by day until {date}"),
            Lang::Ko => format!("{date}까지 날마다"),
        }
    }

    /// How far away a day is.
    pub fn days_left(&self, days: u32) -> String {
        match (self.lang, days) {
            (Lang::En, 0) => "today".to_owned(),
            (Lang::En, 1) => "tomorrow".to_owned(),
            (Lang::En, _) => format!("{days} days left"),
            (Lang::Ko, 0) => "오늘".to_owned(),
            (Lang::Ko, 1) => "내일".to_owned(),
            (Lang::Ko, _) => format!("{days}일 남음"),
        }
    }

    /// The minutes that are given, in words.
    pub fn minutes_given(&self, time: &StudyTime) -> String {
        let [monday, .., sunday] = time.weekdays;
        let is_even = time.weekdays == [monday; 7];
        let has_weekend = time.weekdays[..5] == [monday; 5] && time.weekdays[5] == sunday;
        match (self.lang, is_even, has_weekend) {
            (Lang::En, true, _) => format!("{monday} a day"),
            (Lang::Ko, true, _) => format!("하루 {monday}분"),
            (Lang::En, _, true) => format!("{monday} on weekdays, {sunday} on Sat and Sun"),
            (Lang::Ko, _, true) => format!("평일 {monday}분, 주말 {sunday}분"),
            _ => {
                let named = time.weekdays.iter().zip(self.weekdays());
                let words: Vec<String> =
                    named.map(|(minutes, name)| format!("{name} {minutes}")).collect();
                words.join(self.pick(", ", "분, ")) + self.pick("", "분")
            }
        }
    }

    /// The days off to come; empty without any.
    pub fn days_off(&self, days: &[Day]) -> String {
        if days.is_empty() {
            return String::new();
        }
        let dates: Vec<String> = days.iter().map(|day| (self.date)(*day)).collect();
        format!("{} {}", self.pick("off", "쉬는 날"), dates.join(", "))
    }

    /// Monday to Sunday.
    pub const fn weekdays(&self) -> [&'static str; 7] {
        match self.lang {
            Lang::En => ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
            Lang::Ko => ["월", "화", "수", "목", "금", "토", "일"],
        }
    }

    /// The cards of an interview.
    pub fn interview_cards(&self, cards: usize, unseen: usize) -> String {
        match (self.lang, unseen) {
            (Lang::En, 0) => format!("{cards} for this interview, all of them seen"),
            (Lang::En, _) => format!("{cards} for this interview, {unseen} of them not seen yet"),
            (Lang::Ko, 0) => format!("이 면접의 카드 {cards}장, 모두 한 번 이상 본 카드"),
            (Lang::Ko, _) => format!("이 면접의 카드 {cards}장, 아직 안 본 카드 {unseen}장"),
        }
    }

    /// What the cards need, as arithmetic that can be checked.
    pub fn capacity_sum(&self, capacity: &Capacity) -> String {
        let Capacity { first_meetings, first_minutes, recalls, recall_minutes, .. } = *capacity;
        let needed = capacity.minutes_needed;
        let first = match self.lang {
            Lang::En => format!("{first_meetings} first meetings x {first_minutes:.2} min + "),
            Lang::Ko => format!("처음 {first_meetings}번 x {first_minutes:.2}분 + "),
        };
        let first = if first_meetings == 0 { String::new() } else { first };
        match self.lang {
            Lang::En => {
                format!("{first}{recalls} recalls x {recall_minutes:.2} min = {needed:.0} min")
            }
            Lang::Ko => format!("{first}다시 {recalls}번 x {recall_minutes:.2}분 = {needed:.0}분"),
        }
    }

    /// What is given until the interview.
    pub fn capacity_given(&self, minutes: f32, days: u32) -> String {
        match self.lang {
            Lang::En => {
                let s = if days == 1 { "" } else { "s" };
                format!("{minutes:.0} min on {days} day{s}: ")
            }
            Lang::Ko => format!("{days}일 동안 {minutes:.0}분: "),
        }
    }

    /// How many of the cards fit.
    pub fn how_many_fit(&self, fit: usize, cards: usize) -> String {
        let left = cards.saturating_sub(fit);
        match self.lang {
            Lang::En => {
                format!("{fit} fit three recalls on three days, {left} not")
            }
            Lang::Ko => {
                format!("{fit}장은 사흘간 세 번 가능, {left}장은 시간 부족")
            }
        }
    }

    /// The second way out.
    pub fn way_more(&self, minutes: u32) -> String {
        match self.lang {
            Lang::En => format!("add {minutes} min a day"),
            Lang::Ko => format!("하루 {minutes}분 더 하기"),
        }
    }

    /// The day from which minutes count most.
    pub fn dense_from(&self, day: Day) -> String {
        let date = (self.date)(day);
        match self.lang {
            Lang::En => format!("Minutes count most from {date}; the days before are light."),
            Lang::Ko => {
                format!("{date}부터 공부하는 시간이 가장 값집니다. 그 전에는 가볍게 합니다.")
            }
        }
    }

    /// Readiness now.
    pub fn ready_today(&self, percent: u32) -> String {
        match self.lang {
            Lang::En => format!("{percent}% today"),
            Lang::Ko => format!("오늘 {percent}%"),
        }
    }

    /// Readiness on the day, if the plan is followed.
    /// The words before and after the number.
    pub fn ready_followed(&self, day: Day) -> (String, String) {
        let date = (self.date)(day);
        match self.lang {
            Lang::En => (String::new(), format!(" on {date} if you follow the plan")),
            Lang::Ko => (format!("계획대로 하면 {date} "), String::new()),
        }
    }

    /// Readiness on the day, if study stops now.
    pub fn ready_stopped(&self, percent: &str) -> String {
        match self.lang {
            Lang::En => format!("{percent} if you stop today"),
            Lang::Ko => format!("오늘 그만두면 {percent}"),
        }
    }

    /// What so many minutes a day would bring.
    pub fn level(&self, minutes: u32, percent: &str) -> String {
        match self.lang {
            Lang::En => format!("{minutes} min {percent}"),
            Lang::Ko => format!("{minutes}분 {percent}"),
        }
    }

    /// On how many simulations the forecasts rest.
    pub fn simulated_from(&self, roll_outs: usize) -> String {
        match self.lang {
            Lang::En => format!(
                "Simulated: {roll_outs} times each for a weak, a middle and a strong memory. Eight learners in ten are within a range."
            ),
            Lang::Ko => format!(
                "시뮬레이션 결과입니다. 약한·보통·강한 기억력으로 {roll_outs}번씩 돌렸고, 열 명 중 여덟 명이 범위 안에 듭니다."
            ),
        }
    }

    /// A way of choosing: by due days.
    pub fn way_due(&self, retention: f32, new_per_day: u32) -> String {
        let percent = whole_percent(retention);
        match self.lang {
            Lang::En => format!("due days at {percent}%, {new_per_day} new a day"),
            Lang::Ko => format!("복습일 방식 {percent}%, 하루 새 카드 {new_per_day}장"),
        }
    }

    /// The same in a word or two.
    pub const fn way_due_short(&self) -> &'static str {
        self.pick("due days", "복습일")
    }

    /// What is asked: minutes, cards, until when.
    pub fn what_if(&self, time: &StudyTime, (cards, seen): (usize, usize), until: Day) -> String {
        let minutes = self.minutes_given(time);
        let date = (self.date)(until);
        match self.lang {
            Lang::En => {
                format!("What if: {cards} cards ({seen} seen), until {date}; minutes: {minutes}")
            }
            Lang::Ko => format!("가정: {minutes}, 카드 {cards}장(본 카드 {seen}장), {date}까지"),
        }
    }

    /// A tag that no card has.
    pub fn no_such_tag(&self, word: &str) -> String {
        match self.lang {
            Lang::En => format!("no card has the tag \"{word}\""),
            Lang::Ko => format!("이런 태그의 카드가 없습니다: {word}"),
        }
    }

    /// A day off that cannot be read.
    pub fn no_such_day(&self, word: &str) -> String {
        match self.lang {
            Lang::En => format!("\"{word}\" is no day to come"),
            Lang::Ko => format!("앞으로 올 날짜가 아닙니다: {word}"),
        }
    }

    /// How many days off are meant.
    pub fn days_off_count(&self, days: usize) -> String {
        match self.lang {
            Lang::En => format!("{days} day{} off", if days == 1 { "" } else { "s" }),
            Lang::Ko => format!("쉬는 날 {days}일"),
        }
    }

    /// The minutes were raised.
    pub fn way_more_taken(&self, minutes: u32) -> String {
        match self.lang {
            Lang::En => format!("{minutes} min a day more"),
            Lang::Ko => format!("하루 {minutes}분을 더했습니다"),
        }
    }

    /// The greatest number of a row of bars.
    pub fn at_most(&self, most: f32) -> String {
        format!("({} {most:.0})", self.pick("max", "최대"))
    }

    /// Recall on a day.
    pub fn recall_on(&self, day: Day) -> String {
        let date = (self.date)(day);
        match self.lang {
            Lang::En => format!("Recall on {date}"),
            Lang::Ko => format!("{date} 기억률"),
        }
    }

    /// Days that are left out of a table.
    pub fn days_left_out(&self, days: usize) -> String {
        match self.lang {
            Lang::En => format!("{days} more days like these"),
            Lang::Ko => format!("비슷한 날 {days}일"),
        }
    }
}

/// A share of 0 to 1 in whole percent.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100")]
pub fn whole_percent(share: f32) -> u32 {
    (share.clamp(0.0, 1.0) * 100.0).round() as u32
}
