//! Where there is Unix: signals and the bytes of standard input, waited for together.

use std::collections::VecDeque;
use std::io::{self, Read};
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::process;
use rustix::stdio::{stdin, stdout};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::{flag, low_level};

use crate::tui::terminal::input::{Decoder, Input};
use crate::tui::terminal::{Caught, Heard, Signal};

/// Handlers belong to the process and are set once; these are the notes they leave.
static SIGNALS: OnceLock<Signals> = OnceLock::new();

struct Signals {
    /// The signal by which the program must end, 0 while there is none.
    stop: Arc<AtomicUsize>,
    /// The next signal of that kind ends the program without more ado.
    kills_at_once: Arc<AtomicBool>,
    /// Whether the screen has been given back, so that a hang-up has nothing left to wait for.
    is_gone: Arc<AtomicBool>,
    /// The terminal is not ours: stop as any other program does.
    is_outside: Arc<AtomicBool>,
    suspend: Arc<AtomicBool>,
    continued: Arc<AtomicBool>,
    resized: Arc<AtomicBool>,
    wake: UnixStream,
}

impl Signals {
    /// The order of registration is the order in which a handler does things; waking the loop comes last.
    fn register() -> io::Result<Self> {
        let (wake, waker) = UnixStream::pair()?;
        wake.set_nonblocking(true)?;
        waker.set_nonblocking(true)?;
        let signals = Self {
            stop: Arc::default(),
            kills_at_once: Arc::default(),
            is_gone: Arc::default(),
            is_outside: Arc::default(),
            suspend: Arc::default(),
            continued: Arc::default(),
            resized: Arc::default(),
            wake,
        };
        for signal in [Signal::HangUp, Signal::Terminate, Signal::Interrupt, Signal::Quit] {
            let (number, name) = (signal.number(), signal as usize);
            // The kernel may send one hang-up twice, to the session's leader and to the group in front: the second
            // must not cut short what the first has begun to save.
            let kills =
                if signal == Signal::HangUp { &signals.is_gone } else { &signals.kills_at_once };
            flag::register_conditional_default(number, Arc::clone(kills))?;
            // The keyboard sends the other two to an editor as well; these must not count there.
            if signal == Signal::Terminate {
                flag::register(number, Arc::clone(&signals.kills_at_once))?;
            }
            flag::register_usize(number, Arc::clone(&signals.stop), name)?;
            low_level::pipe::register(number, waker.try_clone()?)?;
        }
        flag::register_conditional_default(SIGTSTP, Arc::clone(&signals.is_outside))?;
        let notes = [
            (SIGTSTP, &signals.suspend),
            (SIGCONT, &signals.continued),
            (SIGWINCH, &signals.resized),
        ];
        for (number, note) in notes {
            flag::register(number, Arc::clone(note))?;
            low_level::pipe::register(number, waker.try_clone()?)?;
        }
        Ok(signals)
    }

    fn get() -> io::Result<&'static Self> {
        if let Some(signals) = SIGNALS.get() {
            return Ok(signals);
        }
        let signals = Self::register()?;
        Ok(SIGNALS.get_or_init(|| signals))
    }

    /// Empties the pipe; what happened stands in the notes.
    fn forget_wakings(&self) {
        let mut bytes = [0; 64];
        while (&self.wake).read(&mut bytes).is_ok_and(|count| count > 0) {}
    }

    fn caught(&self) -> Option<Caught> {
        if let Some(signal) = Signal::from_note(self.stop.swap(0, Ordering::SeqCst)) {
            self.kills_at_once.store(true, Ordering::SeqCst);
            return Some(Caught::Stop(signal));
        }
        let taken = |note: &AtomicBool| note.swap(false, Ordering::SeqCst);
        if taken(&self.suspend) {
            return Some(Caught::Suspend);
        }
        if taken(&self.continued) {
            return Some(Caught::Continued);
        }
        taken(&self.resized).then_some(Caught::Resize)
    }
}

/// How long the system may take to stop a program that asked for it.
const LONGEST_STOP: Timespec = Timespec { tv_sec: 1, tv_nsec: 0 };

/// Why a wait ended.
enum Woken {
    Input,
    Signal,
    Nothing,
    Gone,
}

/// What can be heard: signals first, then what is typed.
pub struct Source {
    signals: &'static Signals,
    decoder: Decoder,
    queue: VecDeque<Input>,
}

impl Source {
    /// Sets the handlers; from now on signals are heard instead of ending the program.
    pub fn open() -> io::Result<Self> {
        let signals = Signals::get()?;
        signals.kills_at_once.store(false, Ordering::SeqCst);
        signals.is_gone.store(false, Ordering::SeqCst);
        signals.is_outside.store(false, Ordering::SeqCst);
        Ok(Self { signals, decoder: Decoder::default(), queue: VecDeque::new() })
    }

    /// The next thing heard within the time; without a time limit it waits for ever.
    pub fn next(&mut self, timeout: Option<Duration>) -> io::Result<Heard> {
        loop {
            if let Some(caught) = self.signals.caught() {
                return Ok(Heard::Signal(caught));
            }
            if let Some(input) = self.queue.pop_front() {
                return Ok(Heard::Input(input));
            }
            let patience = self.decoder.patience().filter(|_| timeout != Some(Duration::ZERO));
            match self.wait(patience.or(timeout))? {
                Woken::Gone => return Ok(Heard::HangUp),
                Woken::Input if !self.read()? => return Ok(Heard::HangUp),
                Woken::Nothing if patience.is_some() => self.decoder.give_up(&mut self.queue),
                Woken::Nothing => return Ok(Heard::Nothing),
                Woken::Signal | Woken::Input => {}
            }
            // Keys that mean nothing must not put off a clock for as long as they are held.
            if timeout.is_some() && self.queue.is_empty() && self.decoder.patience().is_none() {
                return Ok(self.signals.caught().map_or(Heard::Nothing, Heard::Signal));
            }
        }
    }

    /// Whether the next input is a key and comes within the time.
    pub fn key_follows(&mut self, within: Duration) -> io::Result<bool> {
        if self.queue.is_empty() {
            let wait = self.decoder.patience().unwrap_or(within);
            match self.wait(Some(wait))? {
                Woken::Input => _ = self.read()?,
                Woken::Nothing => self.decoder.give_up(&mut self.queue),
                Woken::Signal | Woken::Gone => {}
            }
        }
        Ok(matches!(self.queue.front(), Some(Input::Key(_))))
    }

    /// Whether something typed can be had without waiting.
    pub fn has_input(&mut self) -> bool {
        if self.queue.is_empty() && matches!(self.wait(Some(Duration::ZERO)), Ok(Woken::Input)) {
            // A terminal that is gone is found again by the next wait.
            self.read().ok();
        }
        !self.queue.is_empty()
    }

    fn wait(&self, timeout: Option<Duration>) -> io::Result<Woken> {
        // A time that is too long for the system is for ever.
        let timeout = timeout.and_then(|timeout| Timespec::try_from(timeout).ok());
        let keyboard = stdin();
        let mut watched =
            [PollFd::new(&keyboard, PollFlags::IN), PollFd::new(&self.signals.wake, PollFlags::IN)];
        match poll(&mut watched, timeout.as_ref()) {
            Ok(0) => return Ok(Woken::Nothing),
            Ok(_) => {}
            Err(Errno::INTR | Errno::AGAIN) => return Ok(Woken::Signal),
            Err(error) => return Err(error.into()),
        }
        if !watched[1].revents().is_empty() {
            self.signals.forget_wakings();
            return Ok(Woken::Signal);
        }
        // A terminal that was closed may still hold what was typed before.
        if watched[0].revents().contains(PollFlags::IN) {
            return Ok(Woken::Input);
        }
        Ok(Woken::Gone)
    }

    /// Takes what was typed; false if the terminal is gone.
    fn read(&mut self) -> io::Result<bool> {
        let mut bytes = [0; 4096];
        match rustix::io::read(stdin(), &mut bytes) {
            Ok(0) | Err(Errno::IO | Errno::NXIO) => Ok(false),
            Ok(count) => {
                self.decoder.feed(&bytes[..count], &mut self.queue);
                Ok(true)
            }
            Err(Errno::INTR | Errno::AGAIN) => Ok(true),
            Err(error) => Err(error.into()),
        }
    }

    /// Stops the whole process group, as Ctrl-Z does, until it is continued.
    pub fn stop_group(&self) -> io::Result<()> {
        self.forget_stops();
        process::kill_current_process_group(process::Signal::STOP)?;
        // Another thread may be stopped first and this one run on for a moment: wait to be continued.
        while !self.signals.continued.load(Ordering::SeqCst) {
            let mut watched = [PollFd::new(&self.signals.wake, PollFlags::IN)];
            match poll(&mut watched, Some(&LONGEST_STOP)) {
                Ok(0) => break,
                Ok(_) => self.signals.forget_wakings(),
                Err(Errno::INTR | Errno::AGAIN) => {}
                Err(error) => return Err(error.into()),
            }
        }
        self.forget_stops();
        Ok(())
    }

    /// From now on another program has the terminal.
    pub fn go_outside(&self) {
        self.signals.is_outside.store(true, Ordering::SeqCst);
    }

    /// The other program has ended; what the keyboard sent to it was not meant for us.
    pub fn come_back(&self) {
        self.signals.is_outside.store(false, Ordering::SeqCst);
        self.forget_stops();
        for signal in [Signal::Interrupt, Signal::Quit] {
            let (name, order) = (signal as usize, Ordering::SeqCst);
            self.signals.stop.compare_exchange(name, 0, order, order).ok();
        }
    }

    fn forget_stops(&self) {
        self.signals.suspend.store(false, Ordering::SeqCst);
        self.signals.continued.store(false, Ordering::SeqCst);
    }
}

impl Drop for Source {
    /// Handlers cannot be taken back; from now on they do what would have happened without them.
    fn drop(&mut self) {
        self.signals.kills_at_once.store(true, Ordering::SeqCst);
        self.signals.is_gone.store(true, Ordering::SeqCst);
        self.go_outside();
    }
}

/// Whether a shell is there that can continue this program; a program that is stopped without one hangs for ever.
pub fn can_stop() -> bool {
    let Ok(session) = process::getsid(None) else { return false };
    // In the group of the session's leader nobody is left to continue it.
    if process::getpgrp() == session {
        return false;
    }
    process::getppid()
        .and_then(|parent| process::getsid(Some(parent)).ok())
        .is_some_and(|of_parent| of_parent == session)
}

impl Signal {
    /// The number of the system.
    pub fn number(self) -> i32 {
        match self {
            Self::HangUp => SIGHUP,
            Self::Interrupt => SIGINT,
            Self::Quit => SIGQUIT,
            Self::Terminate => SIGTERM,
        }
    }
}

/// Lets the default action of a signal happen to this process.
pub fn take_default_action(signal: Signal) {
    low_level::emulate_default_handler(signal.number()).ok();
}

/// Writes past all buffers of the process, so that a panic in the middle of printing cannot stop it.
pub fn write_all(mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match rustix::io::write(stdout(), bytes) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(count) => bytes = &bytes[count..],
            Err(Errno::INTR) => {}
            // A terminal shared with a program that made it non-blocking.
            Err(Errno::AGAIN) => {
                let screen = stdout();
                let mut watched = [PollFd::new(&screen, PollFlags::OUT)];
                poll(&mut watched, None).or_else(|error| match error {
                    Errno::INTR | Errno::AGAIN => Ok(0),
                    error => Err(error),
                })?;
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}
