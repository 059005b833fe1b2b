//! Deck files and the log together, as they change under a running program: edits, copies, two programs on one file.

mod plan;

use std::fs;
use std::path::PathBuf;

use crate::config::{OptimizeChoice, Paths, Settings};
use crate::decks::Library;
use crate::domain::card::CardKey;
use crate::domain::deck::Origin;
use crate::domain::memory::{Parameters, Schedule};
use crate::domain::review::{Mark, MarkKind, Rating};
use crate::domain::time::{Calendar, Day, Timestamp};
use crate::store::Store;
use crate::study::fit::{FIRST_FIT, Verdict};
use crate::study::learner::{Learner, review};
use crate::study::replay::replay;
use crate::study::request::StudyRequest;
use crate::study::session::Answer;
use crate::trainer::{IdleFit, Start, Trainer, Trial};

pub(super) const MORNING: Timestamp = Timestamp(1_795_424_400_000);
/// A bundled card.
const BUNDLED: &str = "linux/load-average";

/// A folder with decks and progress, for one program or two.
pub(super) struct Home {
    folder: tempfile::TempDir,
}

impl Home {
    /// Without the bundled decks.
    pub(super) fn new(deck: &str) -> Self {
        Library::hide_bundled_decks();
        Self::with_bundled_decks(deck)
    }

    fn with_bundled_decks(deck: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("decks")).unwrap();
        let home = Self { folder };
        home.write(deck);
        home
    }

    fn deck(&self) -> PathBuf {
        self.folder.path().join("decks/mine.toml")
    }

    pub(super) fn write(&self, deck: &str) {
        fs::write(self.deck(), deck).unwrap();
    }

    pub(super) fn own(&self, name: &str) -> PathBuf {
        self.folder.path().join("decks").join(name)
    }

    fn start(&self, entropy: u128) -> Start {
        let home = self.folder.path();
        let paths = Paths::in_folder(home);
        Start {
            settings: Settings::default(),
            folders: vec![home.join("decks")],
            paths,
            calendar: Calendar::from_tzif(None, 4),
            entropy,
        }
    }

    pub(super) fn trainer(&self, entropy: u128) -> Trainer {
        Trainer::open(self.start(entropy), MORNING).unwrap().0
    }
}

/// Cards without id: question and answer.
pub(super) fn bare(cards: &[(&str, &str)]) -> String {
    let card = |(question, answer): &(&str, &str)| {
        format!("[[card]]\nquestion = {question:?}\nanswer = {answer:?}\n\n")
    };
    cards.iter().map(card).collect()
}

fn with_ids(count: u32) -> String {
    let card = |n| format!("[[card]]\nid = \"card/{n}\"\nquestion = \"{n}?\"\nanswer = \"!\"\n\n");
    (0..count).map(card).collect()
}

fn key(card: u32) -> CardKey {
    CardKey(format!("card/{card}"))
}

/// The key of the card with a question.
pub(super) fn key_of(trainer: &Trainer, question: &str) -> CardKey {
    let entry = trainer.entries().iter().find(|entry| entry.title.base() == question);
    entry.unwrap_or_else(|| panic!("no card asks {question}")).key.clone()
}

pub(super) fn grade(trainer: &mut Trainer, card: &CardKey, rating: Rating, now: Timestamp) {
    let request = StudyRequest { only: vec![card.clone()], ..StudyRequest::default() };
    let mut session = trainer.study(&request, now).unwrap();
    let (scheduler, today) = (trainer.scheduler().clone(), trainer.day_of(now));
    let recorded = session.rate(&scheduler, rating, Answer::default(), today, now);
    trainer.record(recorded.expect("a card to rate")).unwrap();
}

pub(super) fn later(days: i64) -> Timestamp {
    MORNING.plus_seconds(days * 86_400)
}

/// Every stored schedule is the one that the log alone gives.
#[track_caller]
fn equals_replay(trainer: &Trainer) {
    let replayed = replay(trainer.scheduler(), &trainer.store().log().unwrap());
    assert_eq!(trainer.store().schedules().unwrap(), replayed);
}

#[test]
fn the_second_of_two_programs_sees_reviews_and_marks_of_the_first() {
    let home = Home::new(&with_ids(3));
    let (mut one, mut other) = (home.trainer(1), home.trainer(2));
    grade(&mut one, &key(0), Rating::Good, MORNING);
    one.mark(&Mark { at: MORNING, key: key(1), kind: MarkKind::Suspend }).unwrap();
    assert_eq!(other.schedule(&key(0)), Schedule::UNSEEN);
    other.refresh(MORNING);
    assert_eq!(other.schedule(&key(0)), one.schedule(&key(0)));
    assert_ne!(other.schedule(&key(0)), Schedule::UNSEEN);
    assert!(other.marks_of(&key(1)).is_suspended);
    one.mark(&Mark { at: MORNING, key: key(1), kind: MarkKind::Unsuspend }).unwrap();
    other.refresh(MORNING);
    assert!(!other.marks_of(&key(1)).is_suspended);
}

#[test]
fn a_card_that_two_programs_graded_has_the_schedule_of_both_grades() {
    let home = Home::new(&with_ids(2));
    let (mut one, mut other) = (home.trainer(1), home.trainer(2));
    grade(&mut one, &key(0), Rating::Good, MORNING);
    // The second has not looked since and still takes the card for new.
    grade(&mut other, &key(0), Rating::Hard, later(4));
    grade(&mut one, &key(0), Rating::Good, later(9));
    assert_eq!(one.store().log().unwrap().len(), 3);
    assert_eq!(one.schedule(&key(0)).progress().unwrap().reviews, 3);
    equals_replay(&one);
    // Taking one back keeps the other's.
    other.undo_last(later(9)).unwrap();
    equals_replay(&other);
    assert_eq!(other.store().log().unwrap().len(), 2);
    one.refresh(later(9));
    assert_eq!(one.schedule(&key(0)), other.schedule(&key(0)));
}

#[test]
fn an_undo_that_could_not_be_saved_holds_and_leaves_one_review_in_the_log() {
    let home = Home::new(&with_ids(1));
    let mut trainer = home.trainer(1);
    grade(&mut trainer, &key(0), Rating::Again, MORNING);
    let before = trainer.store().log().unwrap();
    trainer.store().refuse_writes(true);
    trainer.void(before[0].id, &key(0), Schedule::UNSEEN, MORNING).unwrap_err();
    assert_eq!(trainer.schedule(&key(0)), Schedule::UNSEEN, "shown as taken back");
    assert_eq!((trainer.unsaved(), trainer.store().log().unwrap()), (1, before));
    trainer.store().refuse_writes(false);
    grade(&mut trainer, &key(0), Rating::Good, MORNING);
    assert_eq!(trainer.unsaved(), 0);
    let log = trainer.store().log().unwrap();
    assert_eq!(log.iter().map(|review| review.rating).collect::<Vec<_>>(), [Some(Rating::Good)]);
    equals_replay(&trainer);
}

#[test]
fn a_bundled_card_is_edited_in_a_copy_and_an_unchanged_copy_goes_away_again() {
    let home = Home::with_bundled_decks("format = 1\n");
    let mut trainer = home.trainer(1);
    let key = CardKey(BUNDLED.to_owned());
    let place = trainer.place_to_edit(&key).unwrap();
    assert_eq!(place.path, home.own("my-linux.toml"));
    let copy = fs::read_to_string(&place.path).unwrap();
    assert_eq!(copy.lines().nth(place.line as usize - 1), Some("[[card]]"));
    assert!(copy.contains(&format!("id = \"{BUNDLED}\"")), "{copy}");
    trainer.finish_edit(&place);
    assert!(!place.path.exists(), "nothing was changed");
    trainer.refresh(MORNING);
    assert_eq!(trainer.entry(BUNDLED).unwrap().file.origin, Origin::Bundled);

    let place = trainer.place_to_edit(&key).unwrap();
    let copy = fs::read_to_string(&place.path).unwrap();
    fs::write(&place.path, copy.replacen("question = ", "question = \"Mine?\" # ", 1)).unwrap();
    trainer.finish_edit(&place);
    trainer.refresh(MORNING);
    let entry = trainer.entry(BUNDLED).unwrap();
    assert_eq!((entry.file.origin, entry.title.base().as_str()), (Origin::User, "Mine?"));
    assert_eq!(trainer.entries().iter().filter(|it| it.key == key).count(), 1);
}

#[test]
fn a_second_copy_that_was_not_changed_leaves_the_first_as_it_was() {
    let home = Home::with_bundled_decks("format = 1\n");
    let own = "format = 1\n\n[deck]\nid = \"linux\"\n\n[[card]]\nid = \"linux/own\"\nquestion = \"?\"\nanswer = \"!\"\n\n\n# end";
    fs::write(home.own("my-linux.toml"), own).unwrap();
    let mut trainer = home.trainer(1);
    let place = trainer.place_to_edit(&CardKey(BUNDLED.to_owned())).unwrap();
    assert!(fs::read_to_string(&place.path).unwrap().starts_with(own));
    trainer.finish_edit(&place);
    assert_eq!(fs::read_to_string(&place.path).unwrap(), own);
}

#[test]
fn a_broken_copy_is_opened_again_and_not_doubled() {
    let home = Home::with_bundled_decks("format = 1\n");
    let mut trainer = home.trainer(1);
    let key = CardKey(BUNDLED.to_owned());
    let place = trainer.place_to_edit(&key).unwrap();
    let copy = fs::read_to_string(&place.path).unwrap();
    fs::write(&place.path, format!("{copy}levle = 2\n")).unwrap();
    trainer.finish_edit(&place);
    trainer.refresh(MORNING);
    assert!(trainer.count_problems().0 > 0, "the slip is a problem");
    for mut trainer in [trainer, home.trainer(2)] {
        let again = trainer.place_to_edit(&key).unwrap();
        assert_eq!(again.path, place.path);
        let text = fs::read_to_string(&again.path).unwrap();
        assert_eq!(text.matches("[[card]]").count(), 1, "{text}");
        let line = text.lines().nth(again.line as usize - 1).unwrap();
        assert!(line == "[[card]]" || line.contains(BUNDLED), "{line}");
        trainer.finish_edit(&again);
        assert!(place.path.exists(), "what the user wrote stays");
    }
}

#[test]
fn an_own_file_that_is_not_utf_8_is_never_overwritten() {
    let home = Home::with_bundled_decks("format = 1\n");
    let bytes = b"# \xb1\xe2\xbc\xfa\n[[card]]\n";
    fs::write(home.own("my-linux.toml"), bytes).unwrap();
    let mut trainer = home.trainer(1);
    let why = trainer.place_to_edit(&CardKey(BUNDLED.to_owned())).unwrap_err();
    assert!(why.starts_with("cannot read ") && why.contains("my-linux.toml"), "{why}");
    assert_eq!(fs::read(home.own("my-linux.toml")).unwrap(), bytes);
}

#[test]
fn a_copy_that_cannot_be_written_is_told() {
    let home = Home::with_bundled_decks("format = 1\n");
    fs::create_dir(home.own("my-linux.toml.new")).unwrap();
    let mut trainer = home.trainer(1);
    let why = trainer.place_to_edit(&CardKey(BUNDLED.to_owned())).unwrap_err();
    assert!(why.starts_with("cannot write ") && why.contains("my-linux.toml"), "{why}");
    assert!(trainer.place_to_edit(&CardKey("no/such".into())).unwrap_err().contains("no/such"));
}

#[test]
fn an_own_card_that_an_edit_broke_is_still_found_in_its_file() {
    let home = Home::new(&with_ids(2));
    let mut trainer = home.trainer(1);
    let place = trainer.place_to_edit(&key(1)).unwrap();
    home.write(&with_ids(2).replace("\"1?\"", "\"1?"));
    trainer.finish_edit(&place);
    trainer.refresh(MORNING);
    assert_eq!(trainer.entry_of(&key(1)), None);
    let again = trainer.place_to_edit(&key(1)).unwrap();
    assert_eq!((again.path, again.line), (home.deck(), place.line));
}

#[test]
fn settings_choose_among_bundled_decks_and_never_hide_an_own_one() {
    let home = Home::with_bundled_decks(&with_ids(2));
    let mut start = home.start(1);
    start.settings.study_decks = vec!["linux".to_owned()];
    let trainer = Trainer::open(start, MORNING).unwrap().0;
    let all = trainer.candidates(&crate::domain::tag::Filter::default(), MORNING);
    let mut decks: Vec<&str> = all.iter().map(|it| it.entry.deck.0.as_str()).collect();
    decks.dedup();
    decks.sort_unstable();
    decks.dedup();
    assert_eq!(decks, ["linux", "mine"]);
    assert_eq!(all.iter().filter(|it| it.entry.deck.0 == "mine").count(), 2);
}

#[test]
fn another_card_in_the_place_of_a_deleted_one_is_new() {
    let home =
        Home::new(&bare(&[("What is a pod?", "A group of containers."), ("Stays?", "Yes.")]));
    let mut trainer = home.trainer(1);
    let pod = key_of(&trainer, "What is a pod?");
    grade(&mut trainer, &pod, Rating::Good, MORNING);
    home.write(&bare(&[("Which port does SSH use?", "22."), ("Stays?", "Yes.")]));
    trainer.refresh(MORNING);
    let ssh = key_of(&trainer, "Which port does SSH use?");
    assert_ne!(ssh, pod);
    assert_eq!(trainer.schedule(&ssh), Schedule::UNSEEN);
    // The deleted card comes back with its history.
    home.write(&bare(&[("Stays?", "Yes."), ("What is a pod?", "A group of containers.")]));
    trainer.refresh(MORNING);
    assert_eq!(key_of(&trainer, "What is a pod?"), pod);
}

#[test]
fn an_edited_question_in_its_place_keeps_its_history() {
    let home = Home::new(&bare(&[("What is a pod?", "A group of containers.")]));
    let mut trainer = home.trainer(1);
    let pod = key_of(&trainer, "What is a pod?");
    grade(&mut trainer, &pod, Rating::Good, MORNING);
    home.write(&bare(&[("What is a pod good for?", "It shares network and volumes.")]));
    trainer.refresh(MORNING);
    assert_eq!(key_of(&trainer, "What is a pod good for?"), pod);
}

#[test]
fn a_short_answer_that_many_cards_share_gives_no_card_anothers_history() {
    let home = Home::new(&bare(&[("Is TCP ordered?", "Yes."), ("Stays?", "It does.")]));
    let mut trainer = home.trainer(1);
    let tcp = key_of(&trainer, "Is TCP ordered?");
    grade(&mut trainer, &tcp, Rating::Good, MORNING);
    home.write(&bare(&[("Stays?", "It does.")]));
    trainer.refresh(MORNING);
    fs::write(home.own("other.toml"), bare(&[("Does a pod have an address?", "Yes.")])).unwrap();
    home.write(&bare(&[("Stays?", "It does."), ("Can inodes run out?", "Yes.")]));
    trainer.refresh(MORNING);
    for question in ["Does a pod have an address?", "Can inodes run out?"] {
        let card = key_of(&trainer, question);
        assert_eq!(trainer.schedule(&card), Schedule::UNSEEN, "{question}");
        assert_ne!(card, tcp);
    }
}

#[test]
fn an_id_that_is_given_and_taken_away_again_keeps_the_history() {
    let text = bare(&[("What is a pod?", "A group of containers.")]);
    let home = Home::new(&text);
    let mut trainer = home.trainer(1);
    let pod = key_of(&trainer, "What is a pod?");
    grade(&mut trainer, &pod, Rating::Good, MORNING);
    let schedule = trainer.schedule(&pod);
    for deck in [text.replace("[[card]]\n", "[[card]]\nid = \"k8s/pod\"\n"), text] {
        home.write(&deck);
        trainer.refresh(MORNING);
        let now = key_of(&trainer, "What is a pod?");
        assert_eq!(trainer.schedule(&now), schedule, "{deck}");
        let fresh = home.trainer(2);
        assert_eq!(fresh.schedule(&key_of(&fresh, "What is a pod?")), schedule, "{deck}");
    }
}

#[test]
fn keys_that_could_not_be_written_down_are_in_no_index_either() {
    let home = Home::new("format = 1\n");
    let mut trainer = home.trainer(1);
    home.write(&bare(&[("What is a pod?", "A group of containers.")]));
    trainer.store().refuse_writes(true);
    trainer.refresh(MORNING);
    key_of(&trainer, "What is a pod?");
    assert_eq!(trainer.store().entries().unwrap(), []);
    trainer.store().refuse_writes(false);
    // The next start finds the card, and from then on its key holds.
    let first = key_of(&home.trainer(2), "What is a pod?");
    assert_eq!(key_of(&home.trainer(3), "What is a pod?"), first);
}

#[test]
fn marks_that_are_refused_alone_keep_the_index_from_being_written() {
    let home = Home::new(&bare(&[("What is a pod?", "A group of containers.")]));
    let store = Store::open(&home.start(1).paths.database).unwrap().store;
    store.refuse_marks();
    let trainer = Trainer::with_store(home.start(1), store, MORNING).unwrap();
    key_of(&trainer, "What is a pod?");
    assert_eq!(trainer.store().entries().unwrap(), [], "the key would be forgotten with the cache");
}

/// A home in which somebody who forgets fast has answered so often.
fn studied(answers: usize) -> Home {
    let home = Home::new(&with_ids(3));
    let truth = Learner::forgetting(0.3);
    let learner = Learner { truth, cards: 900, new_per_day: 10, seed: 1 };
    Store::open(&home.start(1).paths.database).unwrap().store.append(&learner.log(answers));
    home
}

fn optimized(trainer: &mut Trainer, trial: Trial) -> Verdict {
    trainer.optimize(trial, MORNING, &mut |_| {}).unwrap().verdict
}

#[test]
fn accepted_parameters_survive_a_restart_and_every_schedule_is_that_of_a_replay() {
    let home = studied(2000);
    let mut trainer = home.trainer(2);
    let before = trainer.store().schedules().unwrap();
    let Verdict::Accepted(_, parameters) = optimized(&mut trainer, Trial::default()) else {
        panic!("the learner differs from the average one");
    };
    assert_eq!(*trainer.scheduler().parameters(), parameters);
    equals_replay(&trainer);
    let after = trainer.store().schedules().unwrap();
    assert_ne!(after, before);
    for (key, schedule) in &after {
        assert_eq!(schedule.due(), before[key].due(), "days that are set stay");
        assert_eq!(trainer.schedule(key), *schedule);
    }
    drop(trainer);
    let mut trainer = home.trainer(3);
    assert_eq!(*trainer.scheduler().parameters(), parameters);
    assert_eq!(trainer.store().schedules().unwrap(), after);
    equals_replay(&trainer);
    // The caches thrown away, the log and the fits alone give the same.
    trainer.rebuild().unwrap();
    assert_eq!(trainer.store().schedules().unwrap(), after);
}

#[test]
fn a_trial_writes_nothing_and_a_refusal_is_recorded_and_changes_nothing() {
    let home = studied(2000);
    let mut trainer = home.trainer(2);
    let before = trainer.store().schedules().unwrap();
    let dry_run = Trial { dry_run: true, ..Trial::default() };
    assert!(matches!(optimized(&mut trainer, dry_run), Verdict::Accepted(..)));
    assert_eq!(trainer.store().fits().unwrap(), []);
    assert_eq!(*trainer.scheduler().parameters(), Parameters::DEFAULT);
    assert_eq!(trainer.store().schedules().unwrap(), before);

    optimized(&mut trainer, Trial::default());
    let found = *trainer.scheduler().parameters();
    // Once more at once: what is in use has seen the reviews that are held out now.
    assert_eq!(optimized(&mut trainer, Trial::default()), Verdict::TooFew);
    let force = Trial { force: true, ..Trial::default() };
    assert!(matches!(optimized(&mut trainer, force), Verdict::NotBetter(_)));
    assert_eq!(*trainer.scheduler().parameters(), found);
    let fits = trainer.store().fits().unwrap();
    assert_eq!(fits.iter().map(|fit| fit.accepted).collect::<Vec<_>>(), [true, false]);
    assert_eq!(fits[0].parameters, Some(found));
    assert!(fits[0].before > fits[0].after && fits[0].reviews == fits[1].reviews, "{fits:?}");
}

#[test]
fn the_default_parameters_come_back_and_with_them_every_schedule() {
    let home = studied(2000);
    let mut trainer = home.trainer(2);
    assert!(!trainer.reset_parameters(MORNING).unwrap(), "they are in use");
    let before = trainer.store().schedules().unwrap();
    optimized(&mut trainer, Trial::default());
    assert!(trainer.reset_parameters(MORNING).unwrap());
    assert_eq!(trainer.store().schedules().unwrap(), before);
    equals_replay(&trainer);
    // Whoever went back is not overruled at the end of the program.
    assert_eq!(trainer.optimize_when_idle(MORNING), IdleFit::Nothing);
    let trainer = home.trainer(3);
    assert_eq!(*trainer.scheduler().parameters(), Parameters::DEFAULT);
    assert_eq!(trainer.store().fits().unwrap().len(), 2);
}

#[test]
fn another_running_program_goes_on_with_the_parameters_that_were_found() {
    let home = studied(2000);
    let (mut one, mut other) = (home.trainer(2), home.trainer(3));
    optimized(&mut one, Trial::default());
    let found = *one.scheduler().parameters();
    assert_ne!(*other.scheduler().parameters(), found);
    // It has not looked since: what it writes now must be a schedule of the new parameters all the same.
    grade(&mut other, &key(0), Rating::Hard, MORNING);
    equals_replay(&other);
    assert_eq!(*other.scheduler().parameters(), found);
    other.refresh(MORNING);
    assert_eq!(other.schedule(&key(1)), one.schedule(&key(1)));
    // A review that one does not know of yet is in what its next fit computes.
    grade(&mut other, &key(1), Rating::Good, MORNING);
    one.reset_parameters(MORNING).unwrap();
    equals_replay(&one);
    other.refresh(MORNING);
    assert_eq!(*other.scheduler().parameters(), Parameters::DEFAULT);
    equals_replay(&other);
}

#[test]
fn the_end_of_the_program_fits_once_and_only_where_it_is_wanted_and_can_be_saved() {
    let home = studied(2000);
    let off = Start {
        settings: Settings { optimize: OptimizeChoice::Off, ..Settings::default() },
        ..home.start(2)
    };
    let mut trainer = Trainer::open(off, MORNING).unwrap().0;
    assert_eq!(trainer.optimize_when_idle(MORNING), IdleFit::Nothing);
    drop(trainer);
    let mut trainer = home.trainer(3);
    trainer.store().refuse_writes(true);
    assert_eq!(trainer.optimize_when_idle(MORNING), IdleFit::Nothing);
    trainer.store().refuse_writes(false);
    let IdleFit::Done(report) = trainer.optimize_when_idle(MORNING) else { panic!("it is due") };
    assert!(matches!(report.verdict, Verdict::Accepted(..)) && report.repeated > FIRST_FIT);
    assert_eq!(trainer.optimize_when_idle(MORNING), IdleFit::Nothing);
    assert_eq!(trainer.store().fits().unwrap().len(), 1);
}

#[test]
fn few_answers_are_no_fit_and_what_was_taken_back_is_not_counted() {
    let home = studied(300);
    let mut trainer = home.trainer(2);
    let repeated = trainer.optimize(Trial::default(), MORNING, &mut |_| {}).unwrap().repeated;
    let later: Vec<_> = trainer.store().log().unwrap().split_off(200);
    for review in later {
        trainer.void(review.id, &review.key, Schedule::UNSEEN, MORNING).unwrap();
    }
    let report = trainer.optimize(Trial::default(), MORNING, &mut |_| {}).unwrap();
    assert_eq!((report.answers, &report.verdict), (200, &Verdict::TooFew));
    assert!(report.repeated < repeated && report.needed == FIRST_FIT, "{report:?}");
    assert_eq!(trainer.optimize_when_idle(MORNING), IdleFit::Nothing);
    assert_eq!(trainer.store().fits().unwrap().len(), usize::from(repeated >= FIRST_FIT));
}

#[test]
fn a_log_that_is_too_long_for_the_end_of_the_program_is_only_spoken_of_until_it_is_fitted() {
    let home = Home::new(&with_ids(1));
    let day = |number: u32| Day(10_000 + 7 * (number / 2_000).cast_signed());
    let log: Vec<_> = (0..20_001_u32)
        .map(|number| {
            let at = Timestamp(i64::from(number));
            let rating = if number % 3 == 0 { Rating::Again } else { Rating::Good };
            review(number, &key(number % 2_000), rating, (day(number), at), None)
        })
        .collect();
    Store::open(&home.start(1).paths.database).unwrap().store.append(&log);
    let mut trainer = home.trainer(2);
    assert_eq!(trainer.optimize_when_idle(MORNING), IdleFit::TooLong(20_001));
    assert_eq!(trainer.store().fits().unwrap(), []);
    assert_ne!(optimized(&mut trainer, Trial::default()), Verdict::TooFew);
    assert_eq!(trainer.optimize_when_idle(MORNING), IdleFit::Nothing);
}
