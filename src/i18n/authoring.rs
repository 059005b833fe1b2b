//! Phrases of writing decks: mending, new decks and cards, the editor, histories without cards.

use crate::i18n::Texts;

impl Texts {
    /// A card got an id.
    pub fn fix_id(&self, id: &str) -> String {
        self.say(format!("id = \"{id}\" written"), format!("id = \"{id}\" 추가"))
    }

    /// A tag or role got its known spelling.
    pub fn fix_label(&self, from: &str, to: &str) -> String {
        self.say(format!("\"{from}\" is now \"{to}\""), format!("\"{from}\" → \"{to}\""))
    }

    /// The schema line was added.
    pub const fn fix_schema(&self) -> &'static str {
        self.pick(
            "line `#:schema` written, for completion in editors",
            "편집기 자동 완성용 `#:schema` 줄 추가",
        )
    }

    /// The format line was added.
    pub const fn fix_format(&self) -> &'static str {
        self.pick("line `format = 1` written", "`format = 1` 줄 추가")
    }

    /// Blanks at the end of a line were removed.
    pub const fn fix_blanks(&self) -> &'static str {
        self.pick("blanks at the end of the line removed", "줄 끝 공백 삭제")
    }

    /// The end of the last line was put right.
    pub const fn fix_last_line(&self) -> &'static str {
        self.pick("end of the file put right", "파일 끝 줄바꿈 정리")
    }

    /// How much was mended. `is_dry`: nothing is written.
    pub fn fixes_made(&self, changes: usize, files: usize, is_dry: bool) -> String {
        let (s, f) = (plural(changes), plural(files));
        match is_dry {
            _ if changes == 0 => self.pick("nothing to mend", "고칠 곳이 없습니다").to_owned(),
            true => self.say(
                format!("{changes} change{s} in {files} file{f} would be made; nothing is written"),
                format!("파일 {files}개에서 {changes}곳을 고치게 됩니다. 아직 쓰지 않았습니다"),
            ),
            false => self.say(
                format!("{changes} change{s} made in {files} file{f}"),
                format!("파일 {files}개에서 {changes}곳을 고쳤습니다"),
            ),
        }
    }

    /// A file could not be mended because of its syntax.
    pub fn not_mended_syntax(&self, file: &str) -> String {
        self.say(
            format!("{file}: left as it is; mend its syntax first, then run this again"),
            format!("{file}: 그대로 두었습니다. 문법 오류를 먼저 고친 뒤 다시 실행하세요"),
        )
    }

    /// A file could not be mended because the result would not hold the same cards.
    pub fn not_mended_unsure(&self, file: &str) -> String {
        self.say(
            format!("{file}: left as it is; the mended text would not hold the same cards"),
            format!("{file}: 그대로 두었습니다. 고친 뒤의 카드가 지금과 달라지기 때문입니다"),
        )
    }

    /// A deck was made.
    pub fn deck_made(&self, file: &str) -> String {
        self.say(format!("made {file}"), format!("덱을 만들었습니다: {file}"))
    }

    /// What to do with a new deck.
    pub fn deck_made_next(&self, deck: &str) -> String {
        self.say(
            format!("write cards with `prep edit {deck}` or `prep add --deck {deck}`"),
            format!(
                "`prep edit {deck}` 또는 `prep add --deck {deck}` 명령으로 카드를 쓸 수 있습니다"
            ),
        )
    }

    /// The deck file is there already.
    pub fn deck_exists(&self, file: &str, deck: &str) -> String {
        self.say(
            format!("{file} is already there; open it with `prep edit {deck}`"),
            format!("이미 있는 파일입니다: {file}. `prep edit {deck}` 명령으로 여세요"),
        )
    }

    /// A card was added.
    pub fn card_added(&self, id: &str, place: &str) -> String {
        self.say(format!("added {id} ({place})"), format!("카드를 추가했습니다: {id} ({place})"))
    }

    /// Nothing was written in the editor.
    pub const fn nothing_added(&self) -> &'static str {
        self.pick("no card was written; nothing is added", "작성한 카드가 없어 추가하지 않았습니다")
    }

    /// The question is missing.
    pub const fn question_missing(&self) -> &'static str {
        self.pick("the question is empty", "질문이 비어 있습니다")
    }

    /// The answer is missing.
    pub const fn answer_missing(&self) -> &'static str {
        self.pick("the answer is empty", "답이 비어 있습니다")
    }

    /// There is no such deck; perhaps another was meant.
    pub fn no_such_deck(&self, deck: &str, meant: Option<&str>) -> String {
        match meant {
            Some(meant) => self.say(
                format!("there is no deck `{deck}`; did you mean `{meant}`?"),
                format!("`{deck}` 덱이 없습니다. 혹시 `{meant}` 덱인가요?"),
            ),
            None => self.say(
                format!("there is no deck `{deck}`; `prep new {deck}` makes one"),
                format!("`{deck}` 덱이 없습니다. `prep new {deck}` 명령으로 만들 수 있습니다"),
            ),
        }
    }

    /// The id is or was another card's.
    pub fn id_is_taken(&self, id: &str) -> String {
        self.say(
            format!("the id `{id}` belongs or belonged to another card; progress hangs on it"),
            format!(
                "`{id}` 이미 쓰였거나 쓰던 id입니다. 학습 기록이 붙어 있어 다시 쓸 수 없습니다"
            ),
        )
    }

    /// The text that was written is kept.
    pub fn text_is_kept(&self, file: &str) -> String {
        self.say(
            format!("what you wrote is kept in {file}; `prep add --editor` opens it again"),
            format!("작성한 내용은 {file} 파일에 있습니다. `prep add --editor` 명령으로 다시 열 수 있습니다"),
        )
    }

    /// Asks whether to open the editor again.
    pub const fn edit_again(&self) -> &'static str {
        self.pick("Edit again? [Y/n] ", "다시 편집할까요? [Y/n] ")
    }

    /// What a template for one card says above it.
    pub const fn card_template(&self) -> &'static str {
        self.pick(
            "# Write the card, save, and close the editor. Without a question nothing is added.\n[[card]]\ntags = []\nquestion = \"\"\nanswer = \"\"\"\n\n\"\"\"\npoints = [\n]\n",
            "# 카드를 쓰고 저장한 뒤 편집기를 닫으세요. 질문이 없으면 추가하지 않습니다.\n[[card]]\ntags = []\nquestion = \"\"\nanswer = \"\"\"\n\n\"\"\"\npoints = [\n]\n",
        )
    }

    /// A deck file is fine after the editor.
    pub fn file_is_fine(&self, cards: usize) -> String {
        self.say(
            format!("{cards} card{}, no problem found", plural(cards)),
            format!("카드 {cards}장, 문제없습니다"),
        )
    }

    /// A bundled deck cannot be edited as a whole.
    pub fn deck_is_bundled(&self, deck: &str) -> String {
        self.say(
            format!("the deck `{deck}` comes with prep; edit one card (`prep edit <id>`) or add to it (`prep new {deck}`)"),
            format!("`{deck}` 덱은 prep에 들어 있습니다. 카드 하나를 고치거나(`prep edit <id>`) 덧붙일 파일을 만드세요(`prep new {deck}`)"),
        )
    }

    /// Every history has its card.
    pub const fn no_orphans(&self) -> &'static str {
        self.pick("every history has its card", "카드 없는 학습 기록이 없습니다")
    }

    /// No question is open.
    pub const fn nothing_pending(&self) -> &'static str {
        self.pick("no question is open", "확인할 카드가 없습니다")
    }

    /// A history in a few words.
    pub fn history_summary(&self, reviews: usize, last: &str) -> String {
        self.say(
            format!("{reviews} answer{}, the last on {last}", plural(reviews)),
            format!("답 {reviews}번, 마지막 {last}"),
        )
    }

    /// Its card is behind an error.
    pub const fn history_is_hidden(&self) -> &'static str {
        self.pick("its file has errors: `prep check`", "파일에 오류가 있음: `prep check`")
    }

    /// The question that was seen last is not known.
    pub const fn question_unknown(&self) -> &'static str {
        self.pick("(question not known)", "(질문을 알 수 없음)")
    }

    /// Asks whether a card is the one of a history.
    pub const fn same_card(&self) -> &'static str {
        self.pick(
            "The same card? [y]es, [n]o, Enter: later ",
            "같은 카드인가요? [y] 예, [n] 아니요, Enter: 나중에 ",
        )
    }

    /// Heads of a question: what was known, what stands there now.
    pub const fn was_and_is(&self) -> (&'static str, &'static str) {
        self.either(("was", "now"), ("이전", "지금"))
    }

    /// A history was given to a card.
    pub fn history_given(&self, card: &str) -> String {
        self.say(format!("{card} has its history again"), format!("학습 기록을 이었습니다: {card}"))
    }

    /// A history was told apart from a card.
    pub fn history_parted(&self, card: &str) -> String {
        self.say(
            format!("{card} is a card of its own; this is not asked again"),
            format!("서로 다른 카드로 기록했습니다: {card}"),
        )
    }

    /// How many questions are open, and how to answer them.
    pub fn pending_hint(&self, count: usize) -> String {
        self.say(
            format!("{count} new card{} may be known: `prep cards` asks", plural(count)),
            format!("새 카드 {count}장이 기존 카드일 수 있습니다: `prep cards`"),
        )
    }

    /// There is no such history.
    pub fn no_such_history(&self, key: &str) -> String {
        self.say(
            format!("there is no history `{key}`; `prep cards --orphans` lists those without card"),
            format!("`{key}` 학습 기록이 없습니다. `prep cards --orphans`에서 확인하세요"),
        )
    }

    /// A history has a card.
    pub fn history_has_card(&self, card: &str) -> String {
        self.say(
            format!(
                "that history belongs to {card}, which is in a deck; two cards cannot share one"
            ),
            format!("덱에 있는 카드의 학습 기록입니다: {card}. 두 카드가 나눠 쓸 수 없습니다"),
        )
    }

    /// A card has answers of its own.
    pub fn card_has_history(&self, card: &str, reviews: usize) -> String {
        self.say(
            format!("{card} has {reviews} answer{} of its own; --replace makes those a history without card", plural(reviews)),
            format!("이미 답 {reviews}번이 있는 카드입니다: {card}. --replace를 쓰면 그 답은 카드 없는 기록이 됩니다"),
        )
    }

    // The form of a new card.

    /// The title of the form.
    pub const fn add_title(&self) -> &'static str {
        self.pick("New card", "새 카드")
    }

    /// Labels of its rows: deck, question, answer, points, tags, level.
    pub const fn add_labels(&self) -> [&'static str; 6] {
        self.either(
            ["Deck", "Question", "Answer", "Key points", "Tags", "Level"],
            ["덱", "질문", "답", "핵심 항목", "태그", "난이도"],
        )
    }

    /// What each row wants, shown while it is empty.
    pub const fn add_notes(&self) -> [&'static str; 6] {
        self.either(
            [
                "",
                "what an interviewer asks in one breath",
                "one to two minutes of speech: verdict, how it works, an example, limits",
                "one fact a line, three to six, most important first",
                "parted by commas, such as networking, linux",
                "",
            ],
            [
                "",
                "면접관이 한 번에 묻는 질문",
                "말로 1~2분: 결론, 원리, 예, 한계",
                "한 줄에 하나씩 3~6개, 중요한 것부터",
                "쉼표로 구분 (예: networking, linux)",
                "",
            ],
        )
    }

    /// The levels: not said, then 1 to 3.
    pub const fn add_levels(&self) -> [&'static str; 4] {
        self.either(
            ["not said", "1  every candidate", "2  two years of work", "3  senior"],
            ["없음", "1  모든 지원자", "2  경력 2년", "3  시니어"],
        )
    }

    /// The button.
    pub const fn add_save(&self) -> &'static str {
        self.pick("Save the card", "카드 저장")
    }

    /// Length of an answer: words in English, characters in Korean.
    pub fn add_length(&self, words: usize, characters: usize) -> String {
        self.say(format!("{words} words"), format!("{characters}자"))
    }

    /// Number of points.
    pub fn add_points(&self, points: usize) -> String {
        self.say(format!("{points} point{}", plural(points)), format!("{points}개"))
    }

    /// A tag that is nearly a known one.
    pub fn add_tag_meant(&self, near: &str) -> String {
        self.say(format!("did you mean {near}?"), format!("혹시 {near}?"))
    }

    /// What Esc does while something is written.
    pub const fn add_leave_twice(&self) -> &'static str {
        self.pick("Esc again leaves without saving", "Esc를 한 번 더 누르면 저장하지 않고 나갑니다")
    }

    /// The card was saved; the form is ready for the next.
    pub fn add_saved(&self, id: &str) -> String {
        self.say(format!("Saved {id}. The next one?"), format!("저장했습니다: {id}"))
    }

    // A deck file that cannot be read after editing.

    /// The title of the page.
    pub const fn deck_problem(&self) -> &'static str {
        self.pick("Deck problem", "덱 오류")
    }

    /// What happened.
    pub const fn deck_problem_intro(&self) -> &'static str {
        self.pick(
            "You saved the file, but prep cannot read all of it. Your old cards are still in use and no progress is lost.",
            "저장한 파일에 읽지 못하는 곳이 있습니다. 이전 카드를 그대로 쓰며 학습 기록은 사라지지 않습니다.",
        )
    }

    /// Where a problem is.
    pub fn line_and_column(&self, line: u32, column: u32) -> String {
        self.say(
            format!("line {line}, column {column}"),
            format!("{line}번째 줄, {column}번째 글자"),
        )
    }

    /// More problems of the file.
    pub fn more_problems(&self, count: usize) -> String {
        self.say(
            format!("and {count} more in this file"),
            format!("이 파일에 {count}건 더 있습니다"),
        )
    }

    /// Why the progress of the card is kept.
    pub fn progress_is_kept(&self, id: Option<&str>) -> String {
        match id {
            Some(id) => self.say(
                format!("After the fix its progress is kept: its id stays the same ({id})."),
                format!("고친 뒤에도 id가 그대로라서 학습 기록이 이어집니다({id})."),
            ),
            None => self.say(
                "After the fix its progress is kept: prep knows the card by its text and place."
                    .to_owned(),
                "고친 뒤에도 내용과 위치로 카드를 알아보므로 학습 기록이 이어집니다.".to_owned(),
            ),
        }
    }

    /// Keys of the page: open at a line, read again, keep the old version.
    pub fn open_at_line(&self, line: u32) -> String {
        self.say(format!("open at line {line}"), format!("{line}번째 줄 열기"))
    }

    /// Read the file again.
    pub const fn read_again(&self) -> &'static str {
        self.pick("read again", "다시 읽기")
    }

    /// Go on with the old version.
    pub const fn keep_old(&self) -> &'static str {
        self.pick("keep the old version", "이전 카드로 계속")
    }

    /// The file is fine now.
    pub const fn mended_now(&self) -> &'static str {
        self.pick("The file is fine again.", "파일을 다시 읽었습니다.")
    }

    const fn either<T: Copy>(&self, en: T, ko: T) -> T {
        match self.lang {
            crate::domain::lang::Lang::En => en,
            crate::domain::lang::Lang::Ko => ko,
        }
    }

    fn say(&self, en: String, ko: String) -> String {
        match self.lang {
            crate::domain::lang::Lang::En => en,
            crate::domain::lang::Lang::Ko => ko,
        }
    }
}

const fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}
