//! The tables of a collection of version 11, and what stands in its one row of settings: note types, decks, options.

use serde_json::{Map, Value, json};

use crate::exchange::anki::own;

/// The numbers of our note types. Anki tells by them that a later export has the same ones.
pub const OPEN_ID: i64 = 1_795_824_000_001;
/// That of cloze notes.
pub const CLOZE_ID: i64 = 1_795_824_000_002;
/// When our note types last changed, in seconds since 1970; raised with every change of a template.
const CHANGED: i64 = 1_795_824_000;

/// Version 11, with the indexes that Anki's own exports have.
pub const TABLES: &str = "
CREATE TABLE col (
    id integer PRIMARY KEY, crt integer NOT NULL, mod integer NOT NULL, scm integer NOT NULL,
    ver integer NOT NULL, dty integer NOT NULL, usn integer NOT NULL, ls integer NOT NULL,
    conf text NOT NULL, models text NOT NULL, decks text NOT NULL, dconf text NOT NULL, tags text NOT NULL
);
CREATE TABLE notes (
    id integer PRIMARY KEY, guid text NOT NULL, mid integer NOT NULL, mod integer NOT NULL,
    usn integer NOT NULL, tags text NOT NULL, flds text NOT NULL, sfld integer NOT NULL,
    csum integer NOT NULL, flags integer NOT NULL, data text NOT NULL
);
CREATE TABLE cards (
    id integer PRIMARY KEY, nid integer NOT NULL, did integer NOT NULL, ord integer NOT NULL,
    mod integer NOT NULL, usn integer NOT NULL, type integer NOT NULL, queue integer NOT NULL,
    due integer NOT NULL, ivl integer NOT NULL, factor integer NOT NULL, reps integer NOT NULL,
    lapses integer NOT NULL, left integer NOT NULL, odue integer NOT NULL, odid integer NOT NULL,
    flags integer NOT NULL, data text NOT NULL
);
CREATE TABLE revlog (
    id integer PRIMARY KEY, cid integer NOT NULL, usn integer NOT NULL, ease integer NOT NULL,
    ivl integer NOT NULL, lastIvl integer NOT NULL, factor integer NOT NULL, time integer NOT NULL,
    type integer NOT NULL
);
CREATE TABLE graves (usn integer NOT NULL, oid integer NOT NULL, type integer NOT NULL);
CREATE INDEX ix_notes_usn ON notes (usn);
CREATE INDEX ix_cards_usn ON cards (usn);
CREATE INDEX ix_revlog_usn ON revlog (usn);
CREATE INDEX ix_cards_nid ON cards (nid);
CREATE INDEX ix_cards_sched ON cards (did, queue, due);
CREATE INDEX ix_revlog_cid ON revlog (cid);
CREATE INDEX ix_notes_csum ON notes (csum);
";

const OPEN_FRONT: &str = "{{Question}}\n{{#Options}}<div>{{Options}}</div>{{/Options}}\n\
    {{#Hint}}<div class=hint>{{hint:Hint}}</div>{{/Hint}}";

const OPEN_BACK: &str = "{{FrontSide}}\n\n<hr id=answer>\n\n\
    {{#Options}}<div class=answered>{{Options}}</div>{{/Options}}\n{{Answer}}\n\
    {{#Points}}<div class=points>{{Points}}</div>{{/Points}}\n\
    {{#More}}<div class=more>{{More}}</div>{{/More}}\n\
    {{#Source}}<div class=source>{{Source}}</div>{{/Source}}";

const CLOZE_FRONT: &str = "{{#Question}}<div>{{Question}}</div>{{/Question}}\n{{cloze:Text}}\n\
    {{#Hint}}<div class=hint>{{hint:Hint}}</div>{{/Hint}}";

const CLOZE_BACK: &str = "{{#Question}}<div>{{Question}}</div>{{/Question}}\n{{cloze:Text}}\n\n\
    <hr id=answer>\n\n{{Answer}}\n{{#Source}}<div class=source>{{Source}}</div>{{/Source}}";

const STYLE: &str = ".card { font-family: arial; font-size: 20px; line-height: 1.5; color: black; \
    background-color: white; max-width: 40em; margin: auto; }\n\
    pre { background: #8882; padding: .5em; overflow-x: auto; }\n\
    .answered .right, .cloze { font-weight: bold; color: #2a6; }\n\
    .points { border-left: 3px solid #2a6; }\n\
    .more, .source { font-size: 80%; opacity: .8; }\n\
    table { border-collapse: collapse; } td, th { border: 1px solid #8886; padding: .2em .5em; }";

/// The note types.
pub fn note_types() -> Value {
    let open = note_type(OPEN_ID, own::OPEN, &own::OPEN_FIELDS, (OPEN_FRONT, OPEN_BACK));
    let mut cloze = note_type(CLOZE_ID, own::CLOZE, &own::CLOZE_FIELDS, (CLOZE_FRONT, CLOZE_BACK));
    cloze["type"] = json!(1);
    json!({ OPEN_ID.to_string(): open, CLOZE_ID.to_string(): cloze })
}

fn note_type(id: i64, name: &str, fields: &[&str], sides: (&str, &str)) -> Value {
    let fields: Vec<Value> = fields
        .iter()
        .enumerate()
        .map(|(ord, name)| {
            json!({
                "name": name, "ord": ord, "sticky": false, "rtl": false, "font": "Arial", "size": 20,
                "media": [],
            })
        })
        .collect();
    json!({
        "id": id, "name": name, "type": 0, "mod": CHANGED, "usn": -1, "sortf": 0, "did": 1,
        "tmpls": [{
            "name": name, "ord": 0, "qfmt": sides.0, "afmt": sides.1, "bqfmt": "", "bafmt": "",
            "did": null, "bfont": "", "bsize": 0,
        }],
        "flds": fields, "css": STYLE, "latexPre": "", "latexPost": "", "latexsvg": false,
        "req": [[0, "any", [0]]], "tags": [], "vers": [],
    })
}

/// The decks, each with its number, and the default deck that every collection has.
pub fn decks(names: &[(i64, &str)], changed: i64) -> Value {
    let mut decks = Map::new();
    for (id, name) in [(1, "Default")].iter().chain(names) {
        let deck = json!({
            "id": id, "mod": changed, "name": name, "usn": -1, "lrnToday": [0, 0], "revToday": [0, 0],
            "newToday": [0, 0], "timeToday": [0, 0], "collapsed": false, "browserCollapsed": false,
            "desc": "", "dyn": 0, "conf": 1, "extendNew": 0, "extendRev": 0,
        });
        decks.insert(id.to_string(), deck);
    }
    Value::Object(decks)
}

/// The options of the default deck, as a new Anki has them.
pub fn deck_options() -> Value {
    json!({ "1": {
        "id": 1, "mod": 0, "name": "Default", "usn": 0, "maxTaken": 60, "autoplay": true, "timer": 0,
        "replayq": true, "dyn": false,
        "new": { "bury": false, "delays": [1.0, 10.0], "initialFactor": 2500, "ints": [1, 4, 0],
                 "order": 1, "perDay": 20 },
        "rev": { "bury": false, "ease4": 1.3, "ivlFct": 1.0, "maxIvl": 36500, "perDay": 200,
                 "hardFactor": 1.2 },
        "lapse": { "delays": [10.0], "leechAction": 1, "leechFails": 8, "minInt": 1, "mult": 0.0 },
    }})
}

/// The settings of the collection.
pub fn settings(next_position: usize) -> Value {
    json!({
        "nextPos": next_position, "estTimes": true, "activeDecks": [1], "sortType": "noteFld",
        "timeLim": 0, "sortBackwards": false, "addToCur": true, "curDeck": 1, "newSpread": 0,
        "dueCounts": true, "curModel": OPEN_ID, "collapseTime": 1200, "schedVer": 2,
    })
}
