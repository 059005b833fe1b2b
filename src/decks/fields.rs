//! The one table of what a deck file may say: every key with its shape and what it means, in both languages.
//!
//! The reader takes its known keys from here and the JSON Schema is made of it, so that the two cannot drift apart.

use crate::domain::card::CardKind;
use crate::domain::lang::Lang;

/// A key of a deck file.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The key.
    pub name: &'static str,
    /// What may stand behind it.
    pub shape: Shape,
    /// What it means, in English.
    pub en: &'static str,
    /// What it means, in Korean.
    pub ko: &'static str,
}

/// What may stand behind a key.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// A text.
    Text,
    /// The number of the deck format.
    Format,
    /// The name of a kind of card.
    Kind,
    /// A level from 1 to 3.
    Level,
    /// A language code.
    Lang,
    /// Tags; the known ones are offered.
    Tags,
    /// Roles; the known ones are offered.
    Roles,
    /// A list of texts.
    Texts,
    /// Seconds, 1 to 3600.
    Seconds,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// A number that is not negative.
    Distance,
    /// True or false.
    Truth,
    /// A day, `YYYY-MM-DD`.
    Date,
    /// A month, `YYYY-MM`.
    Month,
    /// A table whose values are texts.
    Topics,
    /// A list of tables, of which the second part names the keys that each needs.
    Tables(&'static [Field], &'static [&'static str]),
    /// A list of which each item is a text, or a table with `text`.
    Items(&'static [Field]),
    /// A table.
    Table(&'static [Field]),
    /// The table of the deck, with its texts in the other language.
    Deck,
    /// The list of cards.
    Cards,
    /// The texts of a card in the other language.
    CardTexts,
}

const fn field(name: &'static str, shape: Shape, en: &'static str, ko: &'static str) -> Field {
    Field { name, shape, en, ko }
}

/// The keys of a file.
pub const ROOT: &[Field] = &[
    field("format", Shape::Format, "The version of the deck format.", "덱 형식의 버전입니다."),
    field("deck", Shape::Deck, "What the deck is called.", "덱의 이름과 설명입니다."),
    field(
        "card",
        Shape::Cards,
        "The cards, each under a line [[card]].",
        "카드입니다. 카드마다 [[card]] 줄로 시작합니다.",
    ),
];

/// The keys of `[deck]` that are the same in both languages, and those of its base language.
pub const DECK: &[Field] = &[
    field(
        "id",
        Shape::Text,
        "What --deck calls it; the file's name if left out.",
        "--deck에 쓰는 이름입니다. 생략하면 파일 이름입니다.",
    ),
    field("title", Shape::Text, "The name that is shown.", "화면에 보이는 이름입니다."),
    field(
        "lang",
        Shape::Lang,
        "The language of the cards' own fields: en if left out.",
        "카드 본문의 언어입니다. 생략하면 en입니다.",
    ),
    field(
        "license",
        Shape::Text,
        "How the cards may be used.",
        "카드의 이용 허락(라이선스)입니다.",
    ),
    field("description", Shape::Text, "What the deck is about.", "무엇을 다루는 덱인지 적습니다."),
];

/// The keys of `[deck.ko]` or `[deck.en]`.
pub const DECK_TEXTS: &[Field] = &[
    field("title", Shape::Text, "The name that is shown.", "화면에 보이는 이름입니다."),
    field("description", Shape::Text, "What the deck is about.", "무엇을 다루는 덱인지 적습니다."),
];

/// Keys of every card that are never translated.
pub const FIXED: &[Field] = &[
    field(
        "id",
        Shape::Text,
        "<deck>/<short-name>. Progress belongs to it: never change it, never use it again. `prep check --fix` writes one.",
        "<덱>/<짧은 이름>. 학습 기록이 이 id에 붙으므로 바꾸거나 다시 쓰지 않습니다. `prep check --fix`가 써 줍니다.",
    ),
    field(
        "kind",
        Shape::Kind,
        "How the card is asked: open if left out.",
        "묻는 방식입니다. 생략하면 open입니다.",
    ),
    field(
        "level",
        Shape::Level,
        "How hard the answer is: 1 every candidate, 2 two years of work, 3 senior.",
        "답의 난이도: 1 모든 지원자, 2 경력 2년, 3 시니어.",
    ),
    field(
        "tags",
        Shape::Tags,
        "What the card is about, the deck's own tag first. Your own words are welcome.",
        "카드의 주제입니다. 덱의 태그를 먼저 적습니다. 직접 만든 태그도 됩니다.",
    ),
    field("roles", Shape::Roles, "Who is really asked this.", "실제로 이 질문을 받는 직무입니다."),
    field(
        "versus",
        Shape::Texts,
        "Ids of cards that are easily confused with this one; they are asked near each other.",
        "헷갈리기 쉬운 카드의 id입니다. 서로 가까이 물어봅니다.",
    ),
    field(
        "aim",
        Shape::Seconds,
        "Seconds that a spoken answer should take: 90 if left out.",
        "말로 답할 때의 목표 시간(초)입니다. 생략하면 90입니다.",
    ),
    field(
        "review_by",
        Shape::Date,
        "The day after which the facts should be read again.",
        "이날이 지나면 내용을 다시 확인해야 합니다.",
    ),
    field(
        "retired",
        Shape::Date,
        "Since when the card is no longer asked; its history stays.",
        "이날부터 묻지 않습니다. 기록은 남습니다.",
    ),
    field(
        "origin",
        Shape::Table(ORIGIN),
        "Where `prep import` took the card from; a second import finds it by this.",
        "`prep import`로 가져온 곳입니다. 다시 가져올 때 이것으로 카드를 찾습니다.",
    ),
];

/// Keys of `origin`.
pub const ORIGIN: &[Field] = &[
    field("file", Shape::Text, "The file it stood in.", "원본 파일입니다."),
    field("line", Shape::Integer, "The line of the file.", "원본 파일의 줄입니다."),
    field(
        "source",
        Shape::Text,
        "What tells the card from the others there.",
        "원본에서 카드를 구분하는 값입니다.",
    ),
    field(
        "text",
        Shape::Text,
        "A fingerprint of what was imported: it tells whether you changed the card since.",
        "가져온 내용의 지문입니다. 그 뒤에 카드를 고쳤는지 알 수 있습니다.",
    ),
    field(
        "license",
        Shape::Text,
        "The licence of the source, where it is stated.",
        "원본에 적힌 라이선스입니다.",
    ),
];

/// Keys of every card that a language may have for itself.
pub const TEXTS: &[Field] = &[
    field(
        "question",
        Shape::Text,
        "What an interviewer asks in one breath. Markdown.",
        "면접관이 한 번에 묻는 질문입니다. 마크다운을 쓸 수 있습니다.",
    ),
    field(
        "answer",
        Shape::Text,
        "The model answer, to be spoken in one to two minutes; the explanation of other kinds. Markdown.",
        "1~2분 안에 말할 수 있는 모범 답안입니다. 다른 종류의 카드에서는 해설입니다. 마크다운을 쓸 수 있습니다.",
    ),
    field(
        "hint",
        Shape::Text,
        "Shown on a key before the answer.",
        "답을 보기 전에 키를 눌러 볼 수 있는 힌트입니다.",
    ),
    field(
        "figure",
        Shape::Text,
        "A drawing in plain text, 72 columns wide; write it between '''.",
        "글자로 그린 그림입니다(72칸 이내). ''' 사이에 적습니다.",
    ),
    field(
        "follow_ups",
        Shape::Tables(FOLLOW_UP, &["question", "answer"]),
        "What an interviewer asks next.",
        "이어지는 꼬리 질문입니다.",
    ),
    field(
        "mistakes",
        Shape::Texts,
        "Wrong answers that candidates really give, each with why it is wrong.",
        "실제로 나오는 틀린 답과 그 이유입니다.",
    ),
    field(
        "sources",
        Shape::Tables(SOURCE, &["title", "url"]),
        "Where the facts come from: primary sources.",
        "내용의 근거가 되는 1차 자료입니다.",
    ),
    field(
        "resources",
        Shape::Tables(RESOURCE, &["title", "url"]),
        "Further reading.",
        "더 읽을거리입니다.",
    ),
    field(
        "asked",
        Shape::Tables(ASKED, &["company"]),
        "Interviews in which it was asked.",
        "이 질문이 나온 면접입니다.",
    ),
    field(
        "topics",
        Shape::Topics,
        "Words that tell two compared things apart, for `topic` of a point: name = \"word|word\".",
        "비교하는 두 대상을 구분하는 낱말입니다. 핵심 항목의 `topic`에서 씁니다. 이름 = \"낱말|낱말\".",
    ),
];

/// Keys of `[[card]]` under which the other language's texts stand.
const VARIANT_EN: &[Field] =
    &[field("en", Shape::CardTexts, "The card in English.", "카드의 영어 본문입니다.")];
const VARIANT_KO: &[Field] =
    &[field("ko", Shape::CardTexts, "The card in Korean.", "카드의 한국어 본문입니다.")];
const DECK_EN: &[Field] = &[field(
    "en",
    Shape::Table(DECK_TEXTS),
    "The deck in English.",
    "덱의 영어 이름과 설명입니다.",
)];
const DECK_KO: &[Field] = &[field(
    "ko",
    Shape::Table(DECK_TEXTS),
    "The deck in Korean.",
    "덱의 한국어 이름과 설명입니다.",
)];

/// The key of a card for its texts in a language.
pub const fn variant(lang: Lang) -> &'static [Field] {
    match lang {
        Lang::En => VARIANT_EN,
        Lang::Ko => VARIANT_KO,
    }
}

/// The key of `[deck]` for its texts in a language.
pub const fn deck_variant(lang: Lang) -> &'static [Field] {
    match lang {
        Lang::En => DECK_EN,
        Lang::Ko => DECK_KO,
    }
}

/// The keys that only cards of one kind have.
pub const fn of_kind(kind: CardKind) -> &'static [Field] {
    match kind {
        CardKind::Open => OPEN,
        CardKind::Choice => CHOICE,
        CardKind::Cloze => CLOZE,
        CardKind::Order => ORDER,
        CardKind::Numeric => NUMERIC,
        CardKind::Command => COMMAND,
    }
}

/// The key that cards of a kind cannot do without, besides the question.
pub const fn needed_by(kind: CardKind) -> &'static str {
    match kind {
        CardKind::Open => "answer",
        CardKind::Choice => "options",
        CardKind::Cloze => "cloze",
        CardKind::Order => "steps",
        CardKind::Numeric => "number",
        CardKind::Command => "accept",
    }
}

const OPEN: &[Field] = &[field(
    "points",
    Shape::Items(POINT),
    "Three to six facts that a good answer mentions, most important first.",
    "좋은 답에 들어갈 핵심 항목 3~6개입니다. 중요한 것부터 적습니다.",
)];

const CHOICE: &[Field] = &[field(
    "options",
    Shape::Items(OPTION),
    "Four options, one with correct = true; they are shuffled.",
    "보기 네 개 중 하나에 correct = true를 적습니다. 순서는 섞입니다.",
)];

const CLOZE: &[Field] = &[field(
    "cloze",
    Shape::Text,
    "A sentence with gaps: {{term}} or {{term|other spelling}}.",
    "빈칸이 있는 문장입니다: {{용어}} 또는 {{용어|다른 표기}}.",
)];

const ORDER: &[Field] = &[field(
    "steps",
    Shape::Items(STEP),
    "Four to seven steps in the right order.",
    "올바른 순서로 적은 단계 4~7개입니다.",
)];

const NUMERIC: &[Field] = &[
    field(
        "number",
        Shape::Number,
        "The right number, in `unit`.",
        "정답인 수입니다. 단위는 `unit`입니다.",
    ),
    field("unit", Shape::Text, "The unit of the number.", "수의 단위입니다."),
    field(
        "tolerance",
        Shape::Distance,
        "How far off an answer may be, in `unit`.",
        "허용하는 오차입니다. 단위는 `unit`입니다.",
    ),
    field(
        "accept",
        Shape::Texts,
        "Further accepted spellings.",
        "정답으로 인정하는 다른 표기입니다.",
    ),
    field(
        "working",
        Shape::Text,
        "The computation; prep computes it again.",
        "계산 과정입니다. prep이 다시 계산해 봅니다.",
    ),
    field(
        "near",
        Shape::Tables(NEAR, &["number", "why"]),
        "Typical wrong numbers.",
        "자주 나오는 틀린 값입니다.",
    ),
];

const COMMAND: &[Field] = &[
    field("accept", Shape::Texts, "Every form that is right.", "정답인 명령을 모두 적습니다."),
    field("example", Shape::Text, "What the command prints.", "명령의 출력 예입니다."),
];

/// The keys of a key point.
pub const POINT: &[Field] = &[
    field("text", Shape::Text, "One fact, at most 120 characters.", "사실 하나, 120자 이내입니다."),
    field(
        "must",
        Shape::Truth,
        "Missing it alone fails the answer.",
        "이것이 빠지면 답이 틀린 것이 됩니다.",
    ),
    field(
        "match",
        Shape::Texts,
        "Word groups that show it was said: every group must occur, | parts the alternatives of one.",
        "말했음을 알 수 있는 낱말 묶음입니다. 묶음마다 하나씩 나와야 하며 |로 대신할 낱말을 나눕니다.",
    ),
    field(
        "not",
        Shape::Text,
        "Words that show the opposite was said.",
        "반대로 말했음을 알 수 있는 낱말입니다.",
    ),
    field("topic", Shape::Text, "A name from `topics`.", "`topics`에 적은 이름입니다."),
];

/// The keys of an option.
pub const OPTION: &[Field] = &[
    field("text", Shape::Text, "What is offered.", "보기의 내용입니다."),
    field("correct", Shape::Truth, "Whether it is the right one.", "정답인지 적습니다."),
    field("why", Shape::Text, "Why it is right or wrong.", "맞거나 틀린 이유입니다."),
];

/// The keys of a step.
pub const STEP: &[Field] = &[
    field("text", Shape::Text, "What happens.", "단계의 내용입니다."),
    field(
        "group",
        Shape::Integer,
        "Neighbours of one group may swap.",
        "번호가 같은 이웃 단계는 순서가 바뀌어도 됩니다.",
    ),
];

/// The keys of a near miss.
pub const NEAR: &[Field] = &[
    field("number", Shape::Number, "The wrong number.", "틀린 값입니다."),
    field("why", Shape::Text, "What was probably done.", "왜 그런 값이 나오는지 적습니다."),
];

/// The keys of a follow-up question.
pub const FOLLOW_UP: &[Field] = &[
    field("question", Shape::Text, "The question.", "질문입니다."),
    field("answer", Shape::Text, "Its answer in one line.", "한 줄 답입니다."),
    field(
        "probes",
        Shape::Integer,
        "The number of the point that it digs into.",
        "어느 핵심 항목을 파고드는지, 그 번호입니다.",
    ),
];

/// The keys of a resource.
pub const RESOURCE: &[Field] = &[
    field("title", Shape::Text, "What the page is called.", "문서의 제목입니다."),
    field("url", Shape::Text, "Its address.", "주소입니다."),
    field("note", Shape::Text, "Why it is worth reading.", "읽을 만한 까닭입니다."),
];

/// The keys of a source.
pub const SOURCE: &[Field] = &[
    field("title", Shape::Text, "What the page is called.", "문서의 제목입니다."),
    field("url", Shape::Text, "Its address.", "주소입니다."),
    field("checked", Shape::Date, "The day you read the passage.", "직접 읽고 확인한 날짜입니다."),
];

/// The keys of an entry of `asked`.
pub const ASKED: &[Field] = &[
    field("company", Shape::Text, "The company, anonymised.", "익명으로 적은 회사입니다."),
    field("role", Shape::Text, "The role.", "직무입니다."),
    field("date", Shape::Month, "The month.", "면접을 본 달입니다."),
];

/// The keys of `[[tag]]` and `[[role]]` in a list of labels.
pub const LABEL: &[Field] = &[
    field("id", Shape::Text, "The stable slug.", "바뀌지 않는 슬러그입니다."),
    field("title", Shape::Text, "The English name.", "영어 이름입니다."),
    field("title_ko", Shape::Text, "The Korean name.", "한국어 이름입니다."),
    field(
        "aliases",
        Shape::Texts,
        "Other spellings that mean it.",
        "같은 뜻으로 받아들이는 다른 표기입니다.",
    ),
];

/// The keys of several tables, in order.
pub fn names(tables: &[&'static [Field]]) -> Vec<&'static str> {
    tables.iter().flat_map(|fields| fields.iter().map(|field| field.name)).collect()
}

/// Whether one of several tables has a key.
pub fn have(tables: &[&'static [Field]], name: &str) -> bool {
    tables.iter().any(|fields| fields.iter().any(|field| field.name == name))
}
