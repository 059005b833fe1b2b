//! Start to first question, and key to frame, of the real program in a pseudo-terminal, in wall and CPU time.
//!
//! `cargo bench --bench startup [-- --cards N]`: with the bundled decks and, if asked, N generated cards more.
//! A figure to read, not a test: on a busy machine wall time is noise, CPU time is not. CPU time comes from the
//! kernel's `/proc/<pid>/schedstat` and is left out elsewhere.

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark prints and reads the clock"
)]

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

const STARTS: usize = 21;
const KEYS: usize = 200;
/// A word that is in every card, one that is in none, and ones that narrow.
const SEARCHES: [&str; 4] =
    ["question", "zyzzyva", "a while so that", "timeout tag:networking due"];
/// The end of a synchronized update: one frame.
const FRAME_END: &[u8] = b"\x1b[?2026l";

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let cards = arguments
        .iter()
        .position(|argument| argument == "--cards")
        .and_then(|at| arguments.get(at + 1))
        .map_or(0, |count| count.parse().expect("--cards takes a number"));
    let home = tempfile::tempdir().expect("a temporary folder");
    write_cards(&home.path().join("decks"), cards);
    // The first start reads every deck and fills the index; it is shown apart.
    let first = start(home.path());
    println!("decks: bundled and {cards} cards more");
    println!(
        "first start ever (index is built)  wall {:>7.2} ms  cpu {}",
        ms(first.wall),
        cpu(first.cpu)
    );
    let starts: Vec<Start> = (0..STARTS).map(|_| start(home.path())).collect();
    report("start to first question", starts.iter().map(|it| (it.wall, it.cpu)).collect());
    report("key to frame", keys(home.path()));
    report("key to frame in the search of Browse", search(home.path()));
}

struct Start {
    wall: Duration,
    cpu: Option<Duration>,
}

struct Program {
    child: Box<dyn Child + Send + Sync>,
    writer: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    _master: Box<dyn MasterPty + Send>,
}

fn start(home: &Path) -> Start {
    let began = Instant::now();
    let mut program = launch(home);
    wait_for_frame(&program);
    let wall = began.elapsed();
    let cpu = cpu_time(&*program.child);
    leave(&mut program);
    Start { wall, cpu }
}

/// Ticks a key point on and off: the whole screen is drawn and a tick written to disk each time.
fn keys(home: &Path) -> Vec<(Duration, Option<Duration>)> {
    let mut program = launch(home);
    wait_for_frame(&program);
    let mut times = Vec::new();
    for _ in 0..KEYS {
        let before = cpu_time(&*program.child);
        let began = Instant::now();
        // The language of the card goes back and forth: all text of the page changes.
        program.writer.write_all(b"l").expect("the program reads keys");
        program.writer.flush().expect("the program reads keys");
        wait_for_frame(&program);
        let wall = began.elapsed();
        let after = cpu_time(&*program.child);
        times.push((wall, before.zip(after).map(|(before, after)| after.saturating_sub(before))));
    }
    leave(&mut program);
    times
}

/// Types searches over all cards, letter by letter, once every text is read.
fn search(home: &Path) -> Vec<(Duration, Option<Duration>)> {
    std::fs::write(home.join("config.toml"), "").expect("settings, so that Home comes first");
    let mut program = launch_with(home, &["--lang", "en"]);
    wait_for_frame(&program);
    let (began, before) = (Instant::now(), cpu_time(&*program.child));
    program.writer.write_all(b"/").expect("the program reads keys");
    wait_for_frame(&program);
    let used =
        before.zip(cpu_time(&*program.child)).map(|(before, after)| after.saturating_sub(before));
    println!("{:<34} wall {:>7.2} ms  cpu {}", "Browse opens", ms(began.elapsed()), cpu(used));
    wait_for_rest(&program);
    let used =
        before.zip(cpu_time(&*program.child)).map(|(before, after)| after.saturating_sub(before));
    println!("{:<34} cpu {}", "all texts are read", cpu(used));
    let mut times = Vec::new();
    for text in SEARCHES {
        let keys = text.bytes().chain(text.bytes().map(|_| 0x7f));
        for key in keys {
            let before = cpu_time(&*program.child);
            let began = Instant::now();
            program.writer.write_all(&[key]).expect("the program reads keys");
            wait_for_frame(&program);
            let wall = began.elapsed();
            let after = cpu_time(&*program.child);
            let used = before.zip(after).map(|(before, after)| after.saturating_sub(before));
            times.push((wall, used));
        }
    }
    leave(&mut program);
    times
}

/// Waits until the program has nothing more to draw.
fn wait_for_rest(program: &Program) {
    while program.output.recv_timeout(Duration::from_secs(2)).is_ok() {}
}

fn launch(home: &Path) -> Program {
    launch_with(home, &["study", "--kind", "open", "--new", "5", "--lang", "en"])
}

fn launch_with(home: &Path, arguments: &[&str]) -> Program {
    let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
    let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_prep"));
    command.args(arguments);
    command.env("PREP_DATA_DIR", home);
    command.env("PREP_CONFIG_DIR", home);
    command.env("TERM", "xterm-256color");
    let child = pair.slave.spawn_command(command).expect("the program starts");
    let mut reader = pair.master.try_clone_reader().expect("its output");
    let (sender, output) = channel();
    std::thread::spawn(move || {
        let mut buffer = vec![0; 65_536];
        while let Ok(count @ 1..) = reader.read(&mut buffer) {
            if sender.send(buffer[..count].to_vec()).is_err() {
                break;
            }
        }
    });
    let writer = pair.master.take_writer().expect("its input");
    Program { child, writer, output, _master: pair.master }
}

fn wait_for_frame(program: &Program) {
    let mut seen = Vec::new();
    while !seen.windows(FRAME_END.len()).any(|window| window == FRAME_END) {
        let bytes = program.output.recv_timeout(Duration::from_secs(20)).expect("a frame");
        seen.extend(bytes);
    }
}

fn leave(program: &mut Program) {
    program.writer.write_all(&[3]).expect("the program reads Ctrl-C");
    program.writer.flush().expect("the program reads Ctrl-C");
    program.child.wait().expect("the program ends");
}

/// CPU time that the process has used so far.
fn cpu_time(child: &(dyn Child + Send + Sync)) -> Option<Duration> {
    let path = format!("/proc/{}/schedstat", child.process_id()?);
    let text = std::fs::read_to_string(path).ok()?;
    text.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}

fn report(name: &str, mut times: Vec<(Duration, Option<Duration>)>) {
    times.sort();
    let wall = |share: usize| ms(times[(times.len() - 1) * share / 100].0);
    let mut used: Vec<Duration> = times.iter().filter_map(|(_, cpu)| *cpu).collect();
    used.sort();
    let median = used.get(used.len() / 2).copied();
    println!(
        "{name:<34} wall {:>7.2} ms  p90 {:>7.2} ms  most {:>7.2} ms  cpu median {}  ({} runs)",
        wall(50),
        wall(90),
        wall(100),
        cpu(median),
        times.len()
    );
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn cpu(time: Option<Duration>) -> String {
    time.map_or_else(|| "not known here".to_owned(), |time| format!("{:.2} ms", ms(time)))
}

/// Files of 100 open cards each, about 2 KB a card, half of it Korean.
fn write_cards(folder: &Path, count: usize) {
    if count == 0 {
        return;
    }
    std::fs::create_dir_all(folder).expect("a folder for decks");
    for file in 0..count.div_ceil(100) {
        let mut text = format!("format = 1\n[deck]\nid = \"bench-{file}\"\ntitle = \"Bench\"\n");
        for card in 0..100.min(count - file * 100) {
            let answer = "An answer that goes on for a while so that the size is real. ".repeat(12);
            let korean = "실제 크기와 비슷하도록 한동안 이어지는 답변입니다. ".repeat(12);
            write!(
                text,
                "\n[[card]]\nid = \"bench-{file}/{card}\"\nlevel = 2\ntags = [\"bench\", \"linux\"]\n\
                 question = \"Question {card} of file {file}?\"\nanswer = \"{answer}\"\n\
                 points = [\"one\", \"two\", \"three\"]\n[card.ko]\nquestion = \"{file}번 파일의 {card}번 질문?\"\n\
                 answer = \"{korean}\"\npoints = [\"하나\", \"둘\", \"셋\"]\n"
            )
            .expect("text grows");
        }
        std::fs::write(folder.join(format!("bench-{file}.toml")), text).expect("a deck file");
    }
}
