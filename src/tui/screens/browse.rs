//! Browse: every card in a list that a search narrows while it is typed; marks, and decisions about what is marked.
//!
//! State and update; `browse_view.rs` draws it. Opened from Home only, so that no answer is seen before it was tried.

use std::collections::{HashMap, HashSet};

use crate::domain::card::CardKey;
use crate::domain::deck::CardEntry;
use crate::domain::lang::Lang;
use crate::domain::review::{Mark, MarkKind};
use crate::domain::tag::LabelList;
use crate::domain::time::{Day, Timestamp};
use crate::study::search::{Hit, Listed, Search, Shelf};
use crate::tui::action::{Action, Place};
use crate::tui::effect::{CardInfo, Effect, ReadCard};
use crate::tui::key::Key;
use crate::tui::look::Look;
use crate::tui::screens::card::{self, CardView};
use crate::tui::widgets::text_field::TextField;

/// Rows that the page keys move by.
const PAGE: usize = 10;
/// Cards read in one idle moment: a key never waits longer than these take.
const READ_AT_ONCE: usize = 12;

/// The list of cards.
#[derive(Clone, Debug)]
pub struct Browse {
    /// Every card.
    pub shelf: Shelf,
    /// Folded texts, card by card; none where it is not read yet.
    texts: Vec<Option<String>>,
    /// Every card before this one has been read.
    read: usize,
    /// The search as typed.
    pub field: TextField,
    /// Whether the search field is open.
    pub is_typing: bool,
    /// The search as understood.
    pub search: Search,
    /// Places of the cards that answer the search: first those whose head does, then those whose text does.
    pub hits: Vec<usize>,
    /// Number of the former.
    head_hits: usize,
    /// The row under the bar.
    pub cursor: usize,
    /// What is marked.
    pub marked: HashSet<CardKey>,
    /// What would take each decision of this visit back, the last one last.
    decisions: Vec<Vec<(CardKey, MarkKind)>>,
    /// The card under the bar, as far as it can be read.
    pub info: Option<(CardKey, Result<Box<CardInfo>, String>)>,
    /// Whether that card may have changed since.
    is_info_old: bool,
    /// The card that is open over the list.
    pub open: Option<CardView>,
    /// The language in which cards are shown.
    pub lang: Lang,
    /// The field of a label for what is meant, while it is typed.
    pub tagging: Option<TextField>,
    /// A sentence for the line above the keys.
    pub said: Option<String>,
    /// Whether the cards have been gathered.
    pub is_loaded: bool,
}

/// What comes of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Stay.
    Stay,
    /// Back to Home.
    Home,
}

/// What can be decided about cards, and taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Decision {
    /// Not asked any more.
    Suspend,
    /// Not asked before tomorrow.
    Bury,
    /// Important.
    Star,
}

impl Decision {
    fn is_taken(self, card: &Listed, today: Day) -> bool {
        match self {
            Self::Suspend => card.is_suspended,
            Self::Bury => card.buried_until.is_some_and(|until| until > today),
            Self::Star => card.is_starred,
        }
    }

    const fn mark(self, is_on: bool, today: Day) -> MarkKind {
        match (self, is_on) {
            (Self::Suspend, true) => MarkKind::Suspend,
            (Self::Suspend, false) => MarkKind::Unsuspend,
            (Self::Bury, true) => MarkKind::Bury { until: Day(today.0 + 1) },
            (Self::Bury, false) => MarkKind::Unbury,
            (Self::Star, true) => MarkKind::Star,
            (Self::Star, false) => MarkKind::Unstar,
        }
    }
}

impl Browse {
    /// The list before its cards are gathered.
    pub fn new(is_typing: bool, lang: Lang, today: Day) -> Self {
        Self {
            shelf: Shelf::empty(today),
            texts: Vec::new(),
            read: 0,
            field: TextField::of_line(""),
            is_typing,
            search: Search::default(),
            hits: Vec::new(),
            head_hits: 0,
            cursor: 0,
            marked: HashSet::new(),
            decisions: Vec::new(),
            info: None,
            is_info_old: false,
            open: None,
            tagging: None,
            lang,
            said: None,
            is_loaded: false,
        }
    }

    /// Where the user is.
    pub const fn place(&self) -> Place {
        if self.tagging.is_some() {
            return Place::LineField;
        }
        match (&self.open, self.is_typing) {
            (Some(_), _) => Place::Card,
            (None, true) => Place::SearchField,
            (None, false) => Place::Browse,
        }
    }

    /// The card under the bar.
    pub fn current(&self) -> Option<&Listed> {
        self.hits.get(self.cursor).map(|index| &self.shelf.cards[*index])
    }

    /// Whether cards are still to be read.
    pub fn has_idle_work(&self) -> bool {
        self.read < self.texts.len()
    }

    /// Percent of the texts that are read, while a search needs those that are not.
    pub fn reading_percent(&self) -> Option<usize> {
        let is_waited_for = self.search.has_words() && self.read < self.texts.len();
        is_waited_for.then(|| self.read * 100 / self.texts.len().max(1))
    }

    /// Asks for a little of what is not read yet.
    pub fn read_on(&self) -> Vec<Effect> {
        let unread = |index: &usize| self.texts[*index].is_none();
        let next: Vec<CardEntry> = (self.read..self.texts.len())
            .filter(unread)
            .take(READ_AT_ONCE)
            .map(|index| self.shelf.cards[index].entry.clone())
            .collect();
        vec![Effect::ReadCards(next)]
    }

    /// The cards as they are now. Bar, marks and what was read of unchanged cards stay.
    pub fn show(&mut self, shelf: Shelf, labels: &LabelList) -> Vec<Effect> {
        let current = self.current().map(|card| card.entry.key.clone());
        let old = std::mem::replace(&mut self.shelf, shelf);
        let texts = std::mem::take(&mut self.texts);
        let mut known: HashMap<CardKey, (Listed, Option<String>)> = old
            .cards
            .into_iter()
            .zip(texts)
            .map(|(card, text)| (card.entry.key.clone(), (card, text)))
            .collect();
        for card in &mut self.shelf.cards {
            let before = known.remove(&card.entry.key);
            card.last_points = before.as_ref().and_then(|(before, _)| before.last_points);
            let unchanged = before.filter(|(before, _)| before.entry == card.entry);
            self.texts.push(unchanged.and_then(|(_, text)| text));
        }
        self.is_loaded = true;
        self.skip_what_is_read();
        self.find_again(labels, false);
        if let Some(at) = current.and_then(|key| self.row_of(&key)) {
            self.cursor = at;
        }
        self.wanted_info()
    }

    /// The file of a card was edited: what was read of its cards is read again.
    pub fn after_edit(&mut self) -> Vec<Effect> {
        self.is_info_old = true;
        if let Some((key, _)) = &self.info {
            let file = self.shelf.cards.iter().find(|card| card.entry.key == *key);
            let file = file.map(|card| card.entry.file.clone());
            for (card, text) in self.shelf.cards.iter().zip(&mut self.texts) {
                if Some(&card.entry.file) == file.as_ref() {
                    *text = None;
                }
            }
        }
        vec![Effect::LoadShelf]
    }

    /// Cards that were asked for: their texts may answer the search.
    pub fn take_read(&mut self, cards: Vec<ReadCard>) -> Vec<Effect> {
        let mut from = self.read;
        for ReadCard { key, text, last_points } in cards {
            // They come in the order in which they were asked for.
            let found =
                (from..self.texts.len()).find(|index| self.shelf.cards[*index].entry.key == key);
            let Some(index) = found else { continue };
            from = index + 1;
            self.texts[index] = Some(text);
            self.shelf.cards[index].last_points = last_points;
            if self.hit(index, &self.search) == Some(Hit::Text) {
                let rest = &self.hits[self.head_hits..];
                if let Err(at) = rest.binary_search(&index) {
                    self.hits.insert(self.head_hits + at, index);
                }
            }
        }
        self.skip_what_is_read();
        self.wanted_info()
    }

    /// A card that was asked for. One that cannot be read now stays on an open page as it was.
    pub fn show_info(&mut self, key: CardKey, info: Result<CardInfo, String>) {
        self.is_info_old = false;
        match (info, &self.open) {
            (Err(why), Some(_)) => self.said = Some(why),
            (info, _) => self.info = Some((key, info.map(Box::new))),
        }
    }

    fn skip_what_is_read(&mut self) {
        let first = self.texts.iter().position(Option::is_none);
        self.read = first.unwrap_or(self.texts.len());
    }

    /// Takes a key of the search field.
    pub fn key(&mut self, key: Key, labels: &LabelList) -> Vec<Effect> {
        if let Some(field) = &mut self.tagging {
            field.key(key);
            return Vec::new();
        }
        if self.open.is_some() || !self.is_typing || !self.field.key(key) {
            return Vec::new();
        }
        self.find_again(labels, true);
        self.cursor = 0;
        self.wanted_info()
    }

    /// Takes a pasted text; none where no field is open.
    pub fn paste(&mut self, text: &str, labels: &LabelList) -> Option<Vec<Effect>> {
        if let Some(field) = &mut self.tagging {
            field.paste(text);
            return Some(Vec::new());
        }
        if self.open.is_some() || !self.is_typing {
            return None;
        }
        self.field.paste(text);
        self.find_again(labels, true);
        self.cursor = 0;
        Some(self.wanted_info())
    }

    /// Takes an action.
    pub fn act(&mut self, action: Action, look: &Look<'_>) -> (Vec<Effect>, Turn) {
        if self.tagging.is_some() {
            return (self.act_tagging(action), Turn::Stay);
        }
        if self.open.is_some() {
            return (self.act_card(action, look), Turn::Stay);
        }
        let mut effects = if self.is_typing {
            self.act_field(action)
        } else {
            if action == Action::Back && self.field.is_empty() {
                return (Vec::new(), Turn::Home);
            }
            self.act_list(action, look)
        };
        effects.extend(self.wanted_info());
        (effects, Turn::Stay)
    }

    fn act_field(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Confirm | Action::NextPart | Action::Back => self.is_typing = false,
            Action::Edit => return self.edit(),
            _ => self.move_bar(action),
        }
        Vec::new()
    }

    fn act_list(&mut self, action: Action, look: &Look<'_>) -> Vec<Effect> {
        match action {
            Action::Search => self.is_typing = true,
            Action::Confirm => self.open_card(),
            Action::Toggle => self.toggle_mark(),
            Action::MarkAll => self.toggle_all_marks(),
            Action::Tag if !self.hits.is_empty() => self.tagging = Some(TextField::of_line("")),
            Action::Export if !self.hits.is_empty() => {
                return vec![Effect::ExportCards(self.meant_keys(), self.lang)];
            }
            Action::Language => self.lang = self.lang.other(),
            Action::Back => {
                self.field = TextField::of_line("");
                self.find_again_at_the_same_card(look.labels);
            }
            Action::SuspendCard | Action::Bury | Action::Star | Action::Undo | Action::Edit => {
                return self.decide(action, look);
            }
            _ => self.move_bar(action),
        }
        Vec::new()
    }

    /// Enter writes the label to the files, Esc leaves it.
    fn act_tagging(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Back => self.tagging = None,
            Action::Confirm | Action::NextPart => {
                let word = self.tagging.take().map(|field| field.text()).unwrap_or_default();
                let word = word.trim();
                if !word.is_empty() {
                    let tag = Effect::TagCards(self.meant_keys(), word.to_owned());
                    return vec![tag, Effect::LoadShelf];
                }
            }
            _ => {}
        }
        Vec::new()
    }

    /// The keys of what a decision is about.
    fn meant_keys(&self) -> Vec<CardKey> {
        self.meant().iter().map(|index| self.shelf.cards[*index].entry.key.clone()).collect()
    }

    /// How many cards a decision is about.
    pub fn meant_count(&self) -> usize {
        self.meant().len()
    }

    fn act_card(&mut self, action: Action, look: &Look<'_>) -> Vec<Effect> {
        match action {
            Action::Back => self.open = None,
            Action::Language => self.lang = self.lang.other(),
            Action::SuspendCard | Action::Bury | Action::Star | Action::Undo | Action::Edit => {
                return self.decide(action, look);
            }
            _ => {
                if let Some(view) = &mut self.open {
                    view.act(action);
                }
            }
        }
        Vec::new()
    }

    fn move_bar(&mut self, action: Action) {
        let last = self.hits.len().saturating_sub(1);
        self.cursor = match action {
            Action::Up => self.cursor.saturating_sub(1),
            Action::Down => self.cursor + 1,
            Action::PageUp => self.cursor.saturating_sub(PAGE),
            Action::PageDown => self.cursor + PAGE,
            Action::First => 0,
            Action::Last => last,
            _ => self.cursor,
        }
        .min(last);
    }

    fn open_card(&mut self) {
        match &self.info {
            Some((_, Ok(_))) => self.open = Some(CardView::default()),
            Some((_, Err(why))) => self.said = Some(why.clone()),
            None => {}
        }
    }

    /// Marks the card under the bar, or not, and goes on to the next.
    fn toggle_mark(&mut self) {
        let Some(key) = self.current().map(|card| card.entry.key.clone()) else { return };
        if !self.marked.remove(&key) {
            self.marked.insert(key);
        }
        self.move_bar(Action::Down);
    }

    fn toggle_all_marks(&mut self) {
        let listed: Vec<CardKey> =
            self.hits.iter().map(|index| self.shelf.cards[*index].entry.key.clone()).collect();
        if listed.iter().all(|key| self.marked.contains(key)) {
            self.marked.clear();
        } else {
            self.marked.extend(listed);
        }
    }

    fn decide(&mut self, action: Action, look: &Look<'_>) -> Vec<Effect> {
        match action {
            Action::SuspendCard => self.take(Decision::Suspend, look),
            Action::Bury => self.take(Decision::Bury, look),
            Action::Star => self.take(Decision::Star, look),
            Action::Edit => self.edit(),
            _ => self.undo(look),
        }
    }

    fn edit(&self) -> Vec<Effect> {
        // On an open page the card that is shown is meant, also when an edit has broken it.
        let shown = self.info.as_ref().filter(|_| self.open.is_some()).map(|(key, _)| key);
        let key = shown.or_else(|| self.current().map(|card| &card.entry.key));
        key.map(|key| Effect::EditCard(key.clone())).into_iter().collect()
    }

    /// What a decision is about: the open card, else all that is marked, else the card under the bar.
    fn meant(&self) -> Vec<usize> {
        if self.open.is_none() && !self.marked.is_empty() {
            let is_marked =
                |index: &usize| self.marked.contains(&self.shelf.cards[*index].entry.key);
            return (0..self.shelf.cards.len()).filter(is_marked).collect();
        }
        self.hits.get(self.cursor).copied().into_iter().collect()
    }

    /// Decides so about what is meant, or takes it back where it is decided so about all.
    fn take(&mut self, decision: Decision, look: &Look<'_>) -> Vec<Effect> {
        let (meant, today) = (self.meant(), self.shelf.today);
        let is_taken = |index: &usize| decision.is_taken(&self.shelf.cards[*index], today);
        let is_on = !meant.iter().all(is_taken);
        let changed: Vec<usize> =
            meant.into_iter().filter(|index| is_taken(index) != is_on).collect();
        if changed.is_empty() {
            return Vec::new();
        }
        let count = changed.len();
        self.said = Some(match decision {
            Decision::Suspend => look.texts.suspended_cards(count, is_on),
            Decision::Bury => look.texts.buried_cards(count, is_on),
            Decision::Star => look.texts.starred_cards(count, is_on),
        });
        let decided = |is_on: bool| -> Vec<(CardKey, MarkKind)> {
            let key = |index: &usize| self.shelf.cards[*index].entry.key.clone();
            changed.iter().map(|index| (key(index), decision.mark(is_on, today))).collect()
        };
        let (now, back) = (decided(is_on), decided(!is_on));
        self.decisions.push(back);
        self.write(now, look.now)
    }

    fn undo(&mut self, look: &Look<'_>) -> Vec<Effect> {
        let Some(back) = self.decisions.pop() else {
            self.said = Some(look.texts.nothing_to_undo.to_owned());
            return Vec::new();
        };
        self.said = Some(look.texts.took_back_cards(back.len()));
        self.write(back, look.now)
    }

    /// Whether a decision of this visit can be taken back.
    pub fn can_undo(&self) -> bool {
        !self.decisions.is_empty()
    }

    fn write(&mut self, decisions: Vec<(CardKey, MarkKind)>, at: Timestamp) -> Vec<Effect> {
        let kinds: HashMap<&CardKey, &MarkKind> =
            decisions.iter().map(|(key, kind)| (key, kind)).collect();
        for card in &mut self.shelf.cards {
            match kinds.get(&card.entry.key) {
                Some(MarkKind::Bury { until }) => card.buried_until = Some(*until),
                Some(MarkKind::Unbury) => card.buried_until = None,
                Some(MarkKind::Suspend) => card.is_suspended = true,
                Some(MarkKind::Unsuspend) => card.is_suspended = false,
                Some(MarkKind::Star) => card.is_starred = true,
                Some(MarkKind::Unstar) => card.is_starred = false,
                _ => {}
            }
        }
        let mark = |(key, kind)| Mark { at, key, kind };
        vec![Effect::MarkAll(decisions.into_iter().map(mark).collect())]
    }

    fn row_of(&self, key: &CardKey) -> Option<usize> {
        self.hits.iter().position(|index| self.shelf.cards[*index].entry.key == *key)
    }

    fn find_again_at_the_same_card(&mut self, labels: &LabelList) {
        let current = self.current().map(|card| card.entry.key.clone());
        self.find_again(labels, false);
        self.cursor = current.and_then(|key| self.row_of(&key)).unwrap_or(0);
    }

    /// Finds what answers the search; within what the last one found where the new one can find no more.
    fn find_again(&mut self, labels: &LabelList, may_narrow: bool) {
        let search = Search::new(&self.field.text(), &self.shelf, labels);
        let found = if may_narrow && search.narrows(&self.search) {
            self.found(&search, self.hits.iter().copied())
        } else {
            self.found(&search, 0..self.shelf.cards.len())
        };
        let (heads, mut texts) = found;
        texts.sort_unstable();
        self.head_hits = heads.len();
        self.hits = heads;
        self.hits.append(&mut texts);
        self.search = search;
        self.cursor = self.cursor.min(self.hits.len().saturating_sub(1));
    }

    fn found(
        &self,
        search: &Search,
        among: impl Iterator<Item = usize>,
    ) -> (Vec<usize>, Vec<usize>) {
        let (mut heads, mut texts) = (Vec::new(), Vec::new());
        for index in among {
            match self.hit(index, search) {
                Some(Hit::Head) => heads.push(index),
                Some(Hit::Text) => texts.push(index),
                None => {}
            }
        }
        (heads, texts)
    }

    fn hit(&self, index: usize, search: &Search) -> Option<Hit> {
        let text = || self.texts[index].as_deref();
        search.finds(&self.shelf.cards[index], self.shelf.today, text)
    }

    /// Asks for the card under the bar unless it is known.
    fn wanted_info(&self) -> Vec<Effect> {
        let shown = self.info.as_ref().map(|(key, _)| key);
        let wanted = match (shown, &self.open) {
            (Some(shown), Some(_)) => Some(shown),
            _ => self.current().map(|card| &card.entry.key),
        };
        match wanted {
            Some(wanted) if shown != Some(wanted) || self.is_info_old => {
                vec![Effect::FetchInfo(wanted.clone())]
            }
            _ => Vec::new(),
        }
    }

    /// The card under the bar with everything that is known of it.
    pub fn shown(&self) -> Option<card::Shown<'_>> {
        let (key, info) = self.info.as_ref()?;
        let info = info.as_ref().ok()?;
        let listed = self.shelf.cards.iter().find(|card| card.entry.key == *key);
        Some(card::Shown { info, listed, lang: self.lang })
    }
}
