//! What is said of imports and exports.

use crate::domain::import::SkipReason;
use crate::domain::lang::Lang;
use crate::i18n::Texts;

impl Texts {
    /// Why a place of an imported file became no card.
    pub const fn skip_reason(&self, why: SkipReason) -> &'static str {
        match why {
            SkipReason::NoQuestions => self.pick("no question in this file", "질문이 없는 파일"),
            SkipReason::EmptyQuestion => {
                self.pick("an answer without a question", "질문 없이 답만 있음")
            }
            SkipReason::Duplicate => {
                self.pick("the same card was read before", "앞에 나온 카드와 같음")
            }
            SkipReason::BadCloze => self.pick(
                "a cloze without a gap, or with one that has no end",
                "빈칸이 없거나 닫히지 않은 빈칸",
            ),
            SkipReason::BadRow => self.pick(
                "a row that cannot be read; is a quotation mark missing?",
                "읽을 수 없는 행, 따옴표가 빠졌는지 보세요",
            ),
            SkipReason::TooLong => {
                self.pick("longer than a card can be", "카드 한 장에 담기에 너무 김")
            }
            SkipReason::OnlyMedia => {
                self.pick("only a picture or a sound", "그림이나 소리뿐인 질문")
            }
            SkipReason::Incomplete => {
                self.pick("refers to something that is missing", "참조하는 내용이 파일에 없음")
            }
            SkipReason::Unreadable => {
                self.pick("a package that cannot be read", "읽을 수 없는 패키지")
            }
            SkipReason::NotText => self.pick(
                "not text, or in an unknown encoding; save it as UTF-8",
                "텍스트가 아니거나 알 수 없는 인코딩, UTF-8로 저장하세요",
            ),
            SkipReason::TooLarge => self.pick("larger than 64 MiB", "64 MiB보다 큼"),
        }
    }

    /// Heading of where an imported card comes from.
    pub const fn origin_part(&self) -> &'static str {
        self.pick("Imported from", "가져온 곳")
    }

    /// The first line of a report.
    pub fn import_found(&self, questions: usize, files: usize) -> String {
        match self.lang {
            Lang::En => format!("{questions} question{} in {files} file{}", s(questions), s(files)),
            Lang::Ko => format!("파일 {files}개에서 질문 {questions}개를 찾았습니다"),
        }
    }

    /// Row of a report: new cards.
    pub const fn import_new(&self) -> &'static str {
        self.pick("imported", "가져옴")
    }

    /// Row of a report: drafts.
    pub const fn import_unanswered(&self) -> &'static str {
        self.pick("unanswered", "답 없음")
    }

    /// What becomes of questions without an answer.
    pub const fn import_unanswered_note(&self) -> &'static str {
        self.pick(
            "drafts, never asked until you answer them; `prep list --drafts` shows them",
            "초안으로 두며, 답을 쓰기 전에는 묻지 않습니다. `prep list --drafts`로 볼 수 있습니다",
        )
    }

    /// Row of a report: cards whose text changed in the file.
    pub const fn import_updated(&self) -> &'static str {
        self.pick("updated", "갱신")
    }

    /// Row of a report: cards that are as they were.
    pub const fn import_unchanged(&self) -> &'static str {
        self.pick("unchanged", "그대로")
    }

    /// Row of a report: cards that the user has changed too.
    pub const fn import_kept(&self) -> &'static str {
        self.pick("kept", "내 수정 유지")
    }

    /// Why cards were kept.
    pub const fn import_kept_note(&self) -> &'static str {
        self.pick(
            "you changed these since the last import; your text stays",
            "지난 가져오기 뒤에 직접 고친 카드라 그대로 두었습니다",
        )
    }

    /// Row of a report: places that became no card.
    pub const fn import_skipped(&self) -> &'static str {
        self.pick("skipped", "건너뜀")
    }

    /// Row of a report: answers from elsewhere.
    pub const fn import_reviews(&self) -> &'static str {
        self.pick("answers", "복습 기록")
    }

    /// Files in which nothing looked like a question.
    pub fn import_files_without(&self, files: usize) -> String {
        match self.lang {
            Lang::En => format!("{files} file{} without a question", s(files)),
            Lang::Ko => format!("질문이 없는 파일 {files}개"),
        }
    }

    /// Pictures and files that cards name but prep cannot show.
    pub fn import_media(&self, count: usize, examples: &str) -> String {
        match self.lang {
            Lang::En => {
                let s = s(count);
                format!("{count} picture{s} or file{s} cannot be shown: {examples}")
            }
            Lang::Ko => format!("보여 줄 수 없는 그림이나 파일 {count}개: {examples}"),
        }
    }

    /// Row: cards that are not asked, as in the other program.
    pub const fn import_suspended(&self) -> &'static str {
        self.pick("suspended, as they were", "제외 상태 그대로")
    }

    /// Pictures and sounds of a package, which stay there.
    pub fn import_pictures(&self, count: usize) -> String {
        match self.lang {
            Lang::En => format!("{count} picture{} or sounds are named, not copied", s(count)),
            Lang::Ko => format!("그림이나 소리 {count}개는 이름만 남기고 복사하지 않았습니다"),
        }
    }

    /// Answers to cards that were not taken.
    pub fn import_lost_reviews(&self, count: usize) -> String {
        match self.lang {
            Lang::En => format!("{count} answer{} to cards that were not taken", s(count)),
            Lang::Ko => format!("가져오지 않은 카드의 답변 기록 {count}개는 빠졌습니다"),
        }
    }

    /// The line of a deck file that was written.
    pub fn import_into(&self, added: usize, updated: usize, path: &str) -> String {
        match (self.lang, updated) {
            (Lang::En, 0) => format!("{added} new card{} in {path}", s(added)),
            (Lang::En, _) => format!("{added} new, {updated} updated in {path}"),
            (Lang::Ko, 0) => format!("새 카드 {added}장: {path}"),
            (Lang::Ko, _) => format!("새 카드 {added}장, 갱신 {updated}장: {path}"),
        }
    }

    /// Further deck files.
    pub fn import_more_files(&self, files: usize) -> String {
        match self.lang {
            Lang::En => format!("and {files} more file{}", s(files)),
            Lang::Ko => format!("외 파일 {files}개"),
        }
    }

    /// Said of a trial.
    pub const fn import_dry(&self) -> &'static str {
        self.pick("dry run: nothing was written", "시험 실행: 아무것도 쓰지 않았습니다")
    }

    /// The next step.
    pub fn import_next(&self, deck: &str) -> String {
        match self.lang {
            Lang::En => format!("next: prep study --deck {deck}"),
            Lang::Ko => format!("다음: prep study --deck {deck}"),
        }
    }

    /// What was added from a log.
    pub fn log_added(&self, reviews: usize, known: usize, others: usize) -> String {
        match self.lang {
            Lang::En => format!(
                "{reviews} new answer{}, {known} known already, {others} other entr{}",
                s(reviews),
                if others == 1 { "y" } else { "ies" }
            ),
            Lang::Ko => {
                format!("새 답 {reviews}개, 이미 있던 답 {known}개, 다른 기록 {others}개")
            }
        }
    }

    /// Entries of a log that have the name of another entry.
    pub fn log_conflicts(&self, conflicts: usize) -> String {
        match self.lang {
            Lang::En => format!(
                "{conflicts} answer{} left out: the log holds another of the same name",
                s(conflicts)
            ),
            Lang::Ko => format!("답 {conflicts}개 제외: 같은 이름의 다른 기록이 이미 있습니다"),
        }
    }

    /// What was exported, on standard error.
    pub fn exported(&self, cards: usize, path: &str) -> String {
        match self.lang {
            Lang::En => format!("exported {cards} card{} to {path}", s(cards)),
            Lang::Ko => format!("카드 {cards}장을 내보냈습니다: {path}"),
        }
    }

    /// A log that was exported, on standard error.
    pub fn exported_log(&self, entries: usize, path: &str) -> String {
        match self.lang {
            Lang::En => format!(
                "exported {entries} entr{} to {path}",
                if entries == 1 { "y" } else { "ies" }
            ),
            Lang::Ko => format!("기록 {entries}개를 내보냈습니다: {path}"),
        }
    }

    /// Title of an interview sheet.
    pub const fn sheet_title(&self) -> &'static str {
        self.pick("Interview sheet", "면접 질문지")
    }

    /// Sheet: the candidate.
    pub const fn sheet_candidate(&self) -> &'static str {
        self.pick("Candidate", "지원자")
    }

    /// Sheet: the date.
    pub const fn sheet_date(&self) -> &'static str {
        self.pick("Date", "날짜")
    }

    /// Sheet: key points.
    pub const fn sheet_points(&self) -> &'static str {
        self.pick("A good answer mentions", "좋은 답에 나오는 것")
    }

    /// Sheet: follow-ups.
    pub const fn sheet_follow_ups(&self) -> &'static str {
        self.pick("Ask next", "꼬리 질문")
    }

    /// Sheet: room for notes.
    pub const fn sheet_notes(&self) -> &'static str {
        self.pick("Notes", "메모")
    }

    /// Sheet: the grade.
    pub const fn sheet_grade(&self) -> &'static str {
        self.pick("Grade", "평가")
    }

    /// The drafts among checked cards; empty without any.
    pub fn check_drafts(&self, drafts: usize) -> String {
        match (self.lang, drafts) {
            (_, 0) => String::new(),
            (Lang::En, _) => format!(
                "note: {drafts} draft{} without an answer, never asked; `prep list --drafts` shows them",
                s(drafts)
            ),
            (Lang::Ko, _) => format!(
                "참고: 답이 없는 초안 {drafts}장은 묻지 않습니다. `prep list --drafts`로 볼 수 있습니다"
            ),
        }
    }
}

const fn s(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

#[cfg(test)]
mod tests {
    use crate::domain::import::SkipReason;
    use crate::domain::lang::Lang;
    use crate::i18n::Texts;

    #[test]
    fn every_reason_has_words_of_its_own_in_both_languages() {
        for lang in [Lang::En, Lang::Ko] {
            let mut words = SkipReason::ALL.map(|why| Texts::of(lang).skip_reason(why)).to_vec();
            words.sort_unstable();
            words.dedup();
            assert_eq!(words.len(), SkipReason::ALL.len());
        }
    }

    #[test]
    fn one_thing_is_not_said_in_the_plural() {
        let texts = Texts::of(Lang::En);
        assert_eq!(texts.import_found(1, 1), "1 question in 1 file");
        assert_eq!(texts.log_added(1, 0, 1), "1 new answer, 0 known already, 1 other entry");
    }
}
