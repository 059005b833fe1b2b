//! (place, key) gives an action. The default file beside this one is complete; a user's lines are laid over it.

use std::collections::BTreeMap;

use crate::tui::action::{Action, Digits, Place};
use crate::tui::key::{Folded, Key, fold};

/// The embedded default keymap.
pub const DEFAULT: &str = include_str!("keymap.toml");

/// Which key does what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keymap {
    bindings: BTreeMap<Action, Vec<Key>>,
    /// Characters of another keyboard layout and the Latin ones on the same keys.
    layout: Vec<(char, char)>,
}

/// What a key turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// It means this.
    Action(Action),
    /// It is text, or the place's own field handles it.
    Text(Key),
    /// A syllable or double letter of the Korean input method: nothing is done, a hint is shown.
    Composed(char),
    /// Nothing.
    Unknown,
}

impl Default for Keymap {
    fn default() -> Self {
        let table: BTreeMap<String, Vec<String>> =
            toml::from_str(DEFAULT).expect("the embedded keymap is checked by a test");
        let mut keymap = Self { bindings: BTreeMap::new(), layout: Vec::new() };
        for (name, keys) in table {
            let action = Action::from_name(&name).expect("the embedded keymap names real actions");
            let keys = keys.iter().filter_map(|key| Key::parse(key)).collect();
            keymap.bindings.insert(action, keys);
        }
        keymap
    }
}

impl Keymap {
    /// Lays a user's lines over the default. What cannot be used is told, and the default holds for it.
    ///
    /// Each line is an action's name, its keys, and the line number of the settings file.
    pub fn with_user(lines: &[(String, Vec<String>, u32)]) -> (Self, Vec<String>) {
        let mut keymap = Self::default();
        let mut complaints = Vec::new();
        let letters = |wanted: &str| -> Vec<char> {
            let named = lines.iter().filter(|(name, _, _)| name == wanted);
            named.flat_map(|(_, keys, _)| keys.iter().flat_map(|text| text.chars())).collect()
        };
        let (from, to) = (letters("layout_from"), letters("layout_to"));
        if from.len() != to.len() {
            complaints.push("[keys] layout_from and layout_to must be equally long".to_owned());
        }
        keymap.layout = from.into_iter().zip(to).collect();
        let mut changed: Vec<(Action, Vec<Key>, u32)> = Vec::new();
        for (name, keys, line) in lines.iter().filter(|(name, _, _)| !name.starts_with("layout_")) {
            match read_binding(name, keys) {
                Ok((action, keys)) => changed.push((action, keys, *line)),
                Err(why) => complaints.push(format!("[keys] line {line}: {why}")),
            }
        }
        for (action, keys, _) in &changed {
            keymap.bindings.insert(*action, keys.clone());
        }
        // All lines together, so that two keys can be swapped; what clashes goes back to the default.
        while let Some((key, one, other)) = keymap.clash() {
            let line = |action: Action| changed.iter().find(|(it, _, _)| *it == action);
            let lines: Vec<String> = [one, other]
                .into_iter()
                .filter_map(line)
                .map(|(_, _, line)| line.to_string())
                .collect();
            if lines.is_empty() {
                break;
            }
            complaints.push(format!(
                "[keys] line {}: `{key}` would mean both {one:?} and {other:?}; the default is used",
                lines.join(" and ")
            ));
            for action in [one, other] {
                keymap.bindings.insert(action, Self::default().keys(action).to_vec());
            }
        }
        (keymap, complaints)
    }

    /// Two actions of one place that share a key, if there are any.
    pub fn clash(&self) -> Option<(Key, Action, Action)> {
        for place in Place::ALL {
            let mut seen: BTreeMap<Key, Action> = BTreeMap::new();
            for action in place.actions().iter().chain(Place::everywhere()) {
                for key in self.keys(*action) {
                    if let Some(other) = seen.insert(*key, *action) {
                        return Some((*key, other, *action));
                    }
                }
            }
        }
        None
    }

    /// The keys of an action, the shown one first.
    pub fn keys(&self, action: Action) -> &[Key] {
        self.bindings.get(&action).map_or(&[], Vec::as_slice)
    }

    /// The key shown for an action.
    pub fn shown(&self, action: Action) -> String {
        self.keys(action).first().map(Key::to_string).unwrap_or_default()
    }

    /// What a key means in a place. `left_over` says that it came flushed out of an input method together with
    /// another key: then only what is harmless is done.
    pub fn meaning(&self, place: Place, key: Key, left_over: bool) -> Meaning {
        if place.is_text() {
            return self.meaning_in_text(place, key);
        }
        let key = match fold(self.on_latin_layout(key)) {
            Folded::Key(folded) => folded,
            Folded::Composed(c) => return Meaning::Composed(c),
        };
        if let Key::Char(digit @ '0'..='9') = key
            && place.digits() != Digits::None
        {
            return Meaning::Action(Action::Digit(u8::try_from(digit).unwrap_or(b'0') - b'0'));
        }
        match self.lookup(place.actions(), key).or_else(|| self.lookup(Place::everywhere(), key)) {
            Some(action) if left_over && !action.is_harmless() => Meaning::Unknown,
            Some(action) => Meaning::Action(action),
            None => Meaning::Unknown,
        }
    }

    /// In a field, only keys that type nothing are actions.
    fn meaning_in_text(&self, place: Place, key: Key) -> Meaning {
        let types = matches!(key, Key::Char(_) | Key::Backspace | Key::Delete);
        let edits = matches!(key, Key::Ctrl('u' | 'w' | 'a' | 'e' | 'k'));
        if types || edits {
            return Meaning::Text(key);
        }
        match (place, key) {
            (Place::TextField, Key::Ctrl('d')) => Meaning::Action(Action::NextPart),
            (Place::TextField | Place::LineField, Key::F(2)) => Meaning::Action(Action::Edit),
            _ => match self
                .lookup(place.actions(), key)
                .or_else(|| self.lookup(Place::everywhere(), key))
            {
                Some(action) => Meaning::Action(action),
                None => Meaning::Text(key),
            },
        }
    }

    /// The Latin key at the place of a key of the user's layout, as `[keys] layout_from` and `layout_to` say.
    fn on_latin_layout(&self, key: Key) -> Key {
        let Key::Char(typed) = key else { return key };
        let latin = self.layout.iter().find(|(from, _)| *from == typed);
        latin.map_or(key, |(_, to)| Key::Char(*to))
    }

    fn lookup(&self, actions: &[Action], key: Key) -> Option<Action> {
        actions.iter().copied().find(|action| self.keys(*action).contains(&key))
    }
}

/// The action and keys of a line of the settings.
fn read_binding(name: &str, keys: &[String]) -> Result<(Action, Vec<Key>), String> {
    let action = Action::from_name(name)
        .ok_or_else(|| format!("there is no action `{name}`; `prep keys` lists them"))?;
    let keys = keys
        .iter()
        .map(|key| match Key::parse(key) {
            Some(Key::Char('0'..='9')) => {
                Err(format!("`{key}` is a digit: digits act on what the screen numbers"))
            }
            Some(key) => Ok(key),
            None => Err(format!("`{key}` is not a key")),
        })
        .collect::<Result<Vec<Key>, String>>()?;
    Ok((action, keys))
}

#[cfg(test)]
mod tests {
    use super::{DEFAULT, Keymap, Meaning};
    use crate::tui::action::{Action, Place};
    use crate::tui::key::Key;

    #[test]
    fn the_default_keymap_is_complete_and_without_clashes() {
        let keymap = Keymap::default();
        assert_eq!(keymap.clash(), None);
        for place in Place::ALL {
            for action in place.actions().iter().chain(Place::everywhere()) {
                assert!(!keymap.keys(*action).is_empty(), "{action:?} has no key");
            }
        }
        let table: toml::Table = toml::from_str(DEFAULT).expect("valid TOML");
        for (name, keys) in table {
            assert!(Action::from_name(&name).is_some(), "{name}");
            for key in keys.as_array().expect("an array") {
                let key = key.as_str().expect("a string");
                assert!(Key::parse(key).is_some(), "{name} = {key}");
            }
        }
    }

    #[test]
    fn every_action_can_be_reached_without_letters() {
        let keymap = Keymap::default();
        // Help is reachable by F1 and is a menu; everything else in it can be run with Enter.
        for action in [Action::Confirm, Action::Show, Action::Undo, Action::Back, Action::Help] {
            let without_letters = keymap
                .keys(action)
                .iter()
                .any(|key| !matches!(key, Key::Char('a'..='z' | 'A'..='Z')));
            assert!(without_letters, "{action:?}");
        }
    }

    #[test]
    fn a_korean_letter_is_its_latin_key_but_not_in_a_field() {
        let keymap = Keymap::default();
        let meaning = keymap.meaning(Place::Question, Key::Char('ㅕ'), false);
        assert_eq!(meaning, Meaning::Action(Action::Undo));
        let text = keymap.meaning(Place::TextField, Key::Char('ㅕ'), false);
        assert_eq!(text, Meaning::Text(Key::Char('ㅕ')));
    }

    #[test]
    fn a_left_over_letter_never_quits_or_undoes() {
        let keymap = Keymap::default();
        for letter in ['ㅂ', 'ㅕ', 'ㅌ', 'ㅠ'] {
            let meaning = keymap.meaning(Place::Question, Key::Char(letter), true);
            assert_eq!(meaning, Meaning::Unknown, "{letter}");
        }
        let moved = keymap.meaning(Place::Ticks, Key::Char('ㅓ'), true);
        assert_eq!(moved, Meaning::Action(Action::Down));
    }

    #[test]
    fn two_keys_can_be_swapped_and_a_key_of_everywhere_is_not_taken() {
        let swap = vec![
            ("suspend_card".to_owned(), vec!["b".to_owned()], 1),
            ("bury".to_owned(), vec!["x".to_owned()], 2),
        ];
        let (keymap, complaints) = Keymap::with_user(&swap);
        assert!(complaints.is_empty(), "{complaints:?}");
        assert_eq!(keymap.keys(Action::Bury), [Key::Char('x')]);
        let quit = vec![("skip".to_owned(), vec!["ctrl-c".to_owned()], 7)];
        let (keymap, complaints) = Keymap::with_user(&quit);
        assert_eq!(keymap.keys(Action::Skip), Keymap::default().keys(Action::Skip));
        assert!(complaints[0].contains("line 7"), "{complaints:?}");
    }

    #[test]
    fn another_layout_is_mapped_to_latin_keys() {
        let lines = vec![
            ("layout_from".to_owned(), vec!["гр".to_owned()], 1),
            ("layout_to".to_owned(), vec!["uh".to_owned()], 2),
        ];
        let (keymap, complaints) = Keymap::with_user(&lines);
        assert!(complaints.is_empty(), "{complaints:?}");
        let meaning = keymap.meaning(Place::Question, Key::Char('г'), false);
        assert_eq!(meaning, Meaning::Action(Action::Undo));
    }

    #[test]
    fn a_clashing_line_is_told_and_the_default_used() {
        let lines = vec![
            ("skip".to_owned(), vec!["u".to_owned()], 4),
            ("hint".to_owned(), vec!["H".to_owned()], 5),
            ("nothing".to_owned(), vec!["y".to_owned()], 6),
        ];
        let (keymap, complaints) = Keymap::with_user(&lines);
        assert_eq!(complaints.len(), 2, "{complaints:?}");
        assert_eq!(keymap.keys(Action::Skip), Keymap::default().keys(Action::Skip));
        assert_eq!(keymap.keys(Action::Hint), [Key::Char('H')]);
    }
}
