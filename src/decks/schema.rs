//! The JSON Schema of deck files, made of the table of fields: completion and hovers in editors that use taplo.
//!
//! Draft 7, which is what taplo reads. A copy is committed as `decks/deck.schema.json`; a test holds it current.

use serde_json::{Map, Value, json};

use crate::decks::fields::{self, Field, Shape};
use crate::domain::card::CardKind;
use crate::domain::lang::Lang;
use crate::domain::tag::{Label, LabelList};

/// The name of the schema file beside the decks of a user.
pub const SCHEMA_FILE: &str = "deck.schema.json";

const DRAFT: &str = "http://json-schema.org/draft-07/schema#";
const DATE: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";
const MONTH: &str = "^[0-9]{4}-[0-9]{2}$";

/// The schema of a deck file, as text.
pub fn deck_schema(labels: &LabelList) -> String {
    let schema = with_title(object(labels, &[fields::ROOT], &[]), "A deck of prep");
    pretty(&schema)
}

/// The schema of a list of tags and roles such as `decks/meta/tags.toml`, as text.
pub fn label_schema() -> String {
    let none = LabelList::default();
    let label = object(&none, &[fields::LABEL], &["id", "title", "title_ko"]);
    let list = |en: &str, ko: &str| json!({ "type": "array", "description": both(en, ko), "items": label });
    let schema = json!({
        "type": "object",
        "properties": {
            "format": { "const": 1 },
            "tag": list("The known tags.", "알려진 태그입니다."),
            "role": list("The known roles.", "알려진 직무입니다."),
        },
        "required": ["format"],
        "additionalProperties": false,
    });
    pretty(&with_title(schema, "Tags and roles of prep"))
}

fn pretty(schema: &Value) -> String {
    // Values made of texts and numbers always have a JSON form.
    serde_json::to_string_pretty(schema).unwrap_or_default() + "\n"
}

fn with_title(mut schema: Value, title: &str) -> Value {
    if let Value::Object(map) = &mut schema {
        map.insert("$schema".into(), DRAFT.into());
        map.insert("title".into(), title.into());
    }
    schema
}

fn both(en: &str, ko: &str) -> String {
    format!("{en}\n\n{ko}")
}

/// A table with these keys and no others.
fn object(labels: &LabelList, tables: &[&[Field]], needed: &[&str]) -> Value {
    let mut properties = Map::new();
    for field in tables.iter().flat_map(|fields| fields.iter()) {
        let mut schema = shape(labels, field.shape);
        if let Value::Object(map) = &mut schema {
            map.insert("description".into(), both(field.en, field.ko).into());
        }
        properties.insert(field.name.into(), schema);
    }
    let mut schema = json!({
        "type": "object", "properties": properties, "additionalProperties": false,
    });
    if let (Value::Object(map), false) = (&mut schema, needed.is_empty()) {
        map.insert("required".into(), json!(needed));
    }
    schema
}

fn shape(labels: &LabelList, shape: Shape) -> Value {
    match shape {
        Shape::Text => json!({ "type": "string" }),
        Shape::Format => json!({ "const": 1 }),
        Shape::Kind => json!({ "enum": CardKind::ALL.map(CardKind::name) }),
        Shape::Level => json!({ "type": "integer", "minimum": 1, "maximum": 3 }),
        Shape::Lang => json!({ "enum": [Lang::En.code(), Lang::Ko.code()] }),
        Shape::Tags => words(&labels.tags),
        Shape::Roles => words(&labels.roles),
        Shape::Texts => json!({ "type": "array", "items": { "type": "string" } }),
        Shape::Seconds => json!({ "type": "integer", "minimum": 1, "maximum": 3600 }),
        Shape::Integer => json!({ "type": "integer" }),
        Shape::Number => json!({ "type": "number" }),
        Shape::Distance => json!({ "type": "number", "minimum": 0 }),
        Shape::Truth => json!({ "type": "boolean" }),
        Shape::Date => json!({ "type": "string", "pattern": DATE }),
        Shape::Month => json!({ "type": "string", "pattern": MONTH }),
        Shape::Topics => {
            json!({ "type": "object", "additionalProperties": { "type": "string" } })
        }
        Shape::Tables(keys, needed) => {
            json!({ "type": "array", "items": object(labels, &[keys], needed) })
        }
        Shape::Items(keys) => {
            let table = object(labels, &[keys], &["text"]);
            json!({ "type": "array", "items": { "anyOf": [{ "type": "string" }, table] } })
        }
        Shape::Table(keys) => object(labels, &[keys], &[]),
        Shape::Deck => {
            let [en, ko] = [Lang::En, Lang::Ko].map(fields::deck_variant);
            object(labels, &[fields::DECK, en, ko], &[])
        }
        Shape::Cards => json!({ "type": "array", "items": card(labels) }),
        Shape::CardTexts => card_texts(labels),
    }
}

/// A list of known words, each with its names, and any other word.
fn words(known: &[Label]) -> Value {
    let slugs: Vec<&str> = known.iter().map(|label| label.slug.as_str()).collect();
    let names: Vec<String> =
        known.iter().map(|label| both(&label.title, &label.title_ko)).collect();
    let offered = json!({ "enum": slugs, "x-taplo": { "docs": { "enumValues": names } } });
    json!({ "type": "array", "items": { "anyOf": [offered, { "type": "string" }] } })
}

/// The keys of every kind together, each once.
fn kinds() -> Vec<Field> {
    let mut all: Vec<Field> = Vec::new();
    for field in CardKind::ALL.into_iter().flat_map(fields::of_kind) {
        if !all.iter().any(|known| known.name == field.name) {
            all.push(*field);
        }
    }
    all
}

fn card(labels: &LabelList) -> Value {
    let [en, ko] = [Lang::En, Lang::Ko].map(fields::variant);
    let tables = [fields::FIXED, fields::TEXTS, &kinds(), en, ko];
    let mut schema = object(labels, &tables, &["question"]);
    let rules: Vec<Value> = CardKind::ALL.into_iter().map(kind_rule).collect();
    if let Value::Object(map) = &mut schema {
        map.insert("allOf".into(), rules.into());
    }
    schema
}

/// What a card of a kind needs; a card without kind is an open one.
fn kind_rule(kind: CardKind) -> Value {
    let mut condition = json!({ "properties": { "kind": { "const": kind.name() } } });
    if let (Value::Object(map), false) = (&mut condition, kind == CardKind::Open) {
        map.insert("required".into(), json!(["kind"]));
    }
    json!({ "if": condition, "then": { "required": [fields::needed_by(kind)] } })
}

fn card_texts(labels: &LabelList) -> Value {
    let mut schema = object(labels, &[fields::TEXTS, &kinds()], &[]);
    // In the second language lists of tables may leave out what the first one says.
    relax(&mut schema);
    schema
}

fn relax(schema: &mut Value) {
    let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) else {
        return;
    };
    for property in ["follow_ups", "near"] {
        let items = properties.get_mut(property).and_then(|it| it.get_mut("items"));
        if let Some(Value::Object(items)) = items {
            items.remove("required");
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{deck_schema, label_schema};
    use crate::decks::bundled::{TAGS, bundled_labels};
    use crate::decks::fields::{self, Field, Shape};
    use crate::decks::format::read_deck;
    use crate::decks::labels::read_labels;
    use crate::domain::card::CardKind;
    use crate::domain::deck::{FileName, Origin};
    use crate::domain::lang::Lang;
    use crate::domain::tag::LabelList;

    /// After a wanted change: `cargo run -- schema > decks/deck.schema.json`.
    #[test]
    fn the_committed_schema_is_current() {
        let committed = include_str!("../../decks/deck.schema.json");
        assert!(
            committed == deck_schema(&bundled_labels()),
            "run: prep schema > decks/deck.schema.json"
        );
    }

    /// The errors of a deck's text.
    fn errors(text: &str) -> Vec<String> {
        let file = FileName { origin: Origin::User, path: "mine.toml".into() };
        let deck = read_deck(&file, text, &LabelList::default());
        deck.problems.into_iter().map(|it| it.message).collect()
    }

    /// A value that a field takes, as TOML.
    fn right(shape: Shape) -> String {
        let table = |keys: &[Field]| {
            let pairs: Vec<String> = keys
                .iter()
                .filter(|key| key.name != "probes")
                .map(|key| format!("{} = {}", key.name, right(key.shape)))
                .collect();
            format!("{{ {} }}", pairs.join(", "))
        };
        match shape {
            Shape::Text => "\"a {{gap}}\"".into(),
            Shape::Format | Shape::Level | Shape::Seconds | Shape::Integer => "1".into(),
            Shape::Kind => "\"open\"".into(),
            Shape::Lang => "\"en\"".into(),
            Shape::Tags | Shape::Roles | Shape::Texts => "[\"a\", \"b\"]".into(),
            Shape::Number | Shape::Distance => "0.5".into(),
            Shape::Truth => "true".into(),
            Shape::Date => "\"2026-11-22\"".into(),
            Shape::Month => "\"2026-11\"".into(),
            Shape::Topics => "{ t = \"a|b\" }".into(),
            Shape::Tables(keys, _) => format!("[{}]", table(keys)),
            Shape::Items(keys) => {
                let second = table(keys).replace("correct = true", "correct = false");
                format!("[{}, {second}]", table(keys))
            }
            Shape::Table(keys) => table(keys),
            Shape::Deck | Shape::Cards | Shape::CardTexts => String::new(),
        }
    }

    /// A value that a field must refuse, as TOML.
    fn wrong(shape: Shape) -> &'static str {
        match shape {
            Shape::Text | Shape::Kind | Shape::Date | Shape::Month => "7",
            Shape::Tables(..) | Shape::Items(_) => "[7]",
            Shape::Topics | Shape::Table(_) | Shape::Tags | Shape::Roles | Shape::Texts => {
                "\"text\""
            }
            _ => "[\"list\"]",
        }
    }

    /// A card of a kind with one field of its own choice.
    fn card_with(kind: CardKind, field: &Field, value: &str) -> String {
        let mut keys: Vec<(&str, String)> =
            vec![("kind", format!("{:?}", kind.name())), ("question", "\"Q {{gap}}\"".into())];
        for own in fields::of_kind(kind)
            .iter()
            .chain(fields::TEXTS.iter().filter(|it| it.name == "answer"))
        {
            keys.push((own.name, right(own.shape)));
        }
        keys.retain(|(name, _)| *name != field.name);
        keys.push((field.name, value.to_owned()));
        let lines: Vec<String> =
            keys.iter().map(|(key, value)| format!("{key} = {value}")).collect();
        format!("[[card]]\n{}\n", lines.join("\n"))
    }

    #[test]
    fn the_reader_knows_every_field_of_the_schema_with_its_shape() {
        for kind in CardKind::ALL {
            let own = fields::of_kind(kind).iter().chain(fields::TEXTS).chain(fields::FIXED);
            for field in own.filter(|field| field.name != "kind") {
                let text = card_with(kind, field, &right(field.shape));
                let complaints: Vec<String> = errors(&text)
                    .into_iter()
                    .filter(|it| it.contains("must be") || it.contains("no key"))
                    .collect();
                assert_eq!(complaints, [""; 0], "{} of {}: {text}", field.name, kind.name());
                let text = card_with(kind, field, wrong(field.shape));
                assert!(
                    errors(&text).iter().any(|it| it.contains("must be")),
                    "{} of {} takes anything: {:?}",
                    field.name,
                    kind.name(),
                    errors(&text)
                );
            }
        }
        for field in fields::DECK {
            let deck = |value: &str| format!("[deck]\n{} = {value}\n", field.name);
            assert_eq!(errors(&deck(&right(field.shape))), [""; 0], "{}", field.name);
            assert!(!errors(&deck(wrong(field.shape))).is_empty(), "{}", field.name);
        }
    }

    #[test]
    fn what_the_schema_demands_the_reader_demands_too() {
        for kind in CardKind::ALL {
            let needed = fields::needed_by(kind);
            let text = format!("[[card]]\nkind = {:?}\nquestion = \"Q\"\n", kind.name());
            let is_demanded = |it: &String| it.contains(&format!("`{needed}`"));
            assert!(errors(&text).iter().any(is_demanded), "{needed} of {}", kind.name());
        }
    }

    fn schema() -> Value {
        serde_json::from_str(&deck_schema(&bundled_labels())).unwrap()
    }

    #[test]
    fn every_field_is_explained_in_both_languages() {
        fn walk(schema: &Value, at: &str) {
            for (name, property) in schema["properties"].as_object().into_iter().flatten() {
                let said = property["description"].as_str().unwrap_or_default();
                let is_korean = said.chars().any(|c| ('\u{ac00}'..='\u{d7a3}').contains(&c));
                assert!(is_korean && said.contains("\n\n"), "{at}{name}: {said}");
                walk(property, &format!("{at}{name}."));
                walk(&property["items"], &format!("{at}{name}."));
                walk(&property["items"]["anyOf"][1], &format!("{at}{name}."));
            }
        }
        walk(&schema(), "");
    }

    #[test]
    fn the_schema_offers_the_known_tags_and_takes_others() {
        let card = &schema()["properties"]["card"]["items"];
        let tags = &card["properties"]["tags"]["items"]["anyOf"];
        let known = tags[0]["enum"].as_array().unwrap();
        assert!(known.contains(&"kubernetes".into()) && known.len() == bundled_labels().tags.len());
        assert_eq!(tags[1]["type"], "string");
        for lang in [Lang::En, Lang::Ko] {
            assert!(card["properties"][lang.code()]["properties"]["points"].is_object());
        }
    }

    #[test]
    fn the_schema_of_labels_has_the_fields_that_the_reader_of_labels_has() {
        let unknown = TAGS.replacen("[[tag]]\n", "[[tag]]\nnmae = \"x\"\n", 1);
        let complaint = read_labels(&unknown).unwrap_err().to_string();
        let schema: Value = serde_json::from_str(&label_schema()).unwrap();
        let known = schema["properties"]["tag"]["items"]["properties"].as_object().unwrap();
        for name in known.keys() {
            assert!(complaint.contains(&format!("`{name}`")), "{name}: {complaint}");
        }
        assert_eq!(complaint.matches('`').count(), 2 * (known.len() + 1), "{complaint}");
    }
}
