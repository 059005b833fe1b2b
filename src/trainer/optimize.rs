//! The learner's own parameters: found from the log, tried, stored with the schedules that they give, or given up.

use std::collections::HashMap;

use crate::config::OptimizeChoice;
use crate::domain::card::CardKey;
use crate::domain::memory::{Fit, Parameters, Schedule};
use crate::domain::time::Timestamp;
use crate::store::StoreError;
use crate::study::fit::{FitReport, FitRequest, FitStep, Verdict, due_at, fit, repeated_reviews};
use crate::study::replay::{fingerprint, replay};
use crate::study::scheduler::Scheduler;
use crate::trainer::Trainer;

/// Answers up to which the program fits by itself when it ends: `cargo bench --bench fit` shows a tenth of a second for
/// half as many, and the shell must not be kept waiting for more than three tenths on a slower machine.
const IDLE_ANSWERS: u32 = 20_000;

/// What may be tried.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Trial {
    /// Whether to fit also before the next fit is due; what is found must still predict better.
    pub force: bool,
    /// Whether to write nothing.
    pub dry_run: bool,
}

/// What the program did by itself.
#[derive(Clone, Debug, PartialEq)]
pub enum IdleFit {
    /// Nothing: it is switched off, not due, or nothing can be saved.
    Nothing,
    /// It is probably due, and so many answers would take longer than an exit may.
    TooLong(u32),
    /// A fit, recorded with what came of it.
    Done(FitReport),
}

impl Trainer {
    /// Tries to find better parameters, and goes on with them if they are accepted. What came of it is recorded.
    pub fn optimize(
        &mut self,
        trial: Trial,
        now: Timestamp,
        progress: &mut dyn FnMut(FitStep),
    ) -> Result<FitReport, StoreError> {
        self.retry_unsaved()?;
        self.refresh_progress();
        progress(FitStep::Reading);
        let log = self.store.log()?;
        let request = FitRequest {
            log: &log,
            in_use: *self.scheduler.parameters(),
            counted_before: self.store.last_fit()?.map(|fit| fit.reviews),
            force: trial.force,
        };
        let report = fit(&request, progress);
        if !trial.dry_run {
            self.keep(&report, now, progress)?;
        }
        Ok(report)
    }

    fn keep(
        &mut self,
        report: &FitReport,
        now: Timestamp,
        progress: &mut dyn FnMut(FitStep),
    ) -> Result<(), StoreError> {
        let (comparison, accepted) = match report.verdict {
            Verdict::TooFew => return Ok(()),
            Verdict::NotBetter(comparison) | Verdict::SameAgain(comparison) => (comparison, None),
            Verdict::BackToDefaults(comparison) => (comparison, Some(Parameters::DEFAULT)),
            Verdict::Accepted(comparison, parameters) => (comparison, Some(parameters)),
        };
        let is_default = accepted == Some(Parameters::DEFAULT);
        let after = if is_default { comparison.defaults } else { comparison.fitted };
        let fit = Fit {
            at: now,
            reviews: report.repeated,
            accepted: accepted.is_some(),
            before: Some(comparison.in_use.log_loss),
            after: Some(after.log_loss),
            parameters: accepted.filter(|_| !is_default),
        };
        match accepted {
            None => self.store.record_fit(&fit),
            Some(parameters) => {
                progress(FitStep::Replaying);
                self.adopt(&fit, parameters)
            }
        }
    }

    /// Goes back to the default parameters; `false` if they are in use. The next fit comes when the reviews have doubled.
    pub fn reset_parameters(&mut self, now: Timestamp) -> Result<bool, StoreError> {
        self.retry_unsaved()?;
        self.refresh_progress();
        if *self.scheduler.parameters() == Parameters::DEFAULT {
            return Ok(false);
        }
        let reviews = repeated_reviews(&self.store.log()?);
        let fit =
            Fit { at: now, reviews, accepted: true, before: None, after: None, parameters: None };
        self.adopt(&fit, Parameters::DEFAULT)?;
        Ok(true)
    }

    /// Fits if it is due and takes no time that anybody would notice. For the end of the program.
    pub fn optimize_when_idle(&mut self, now: Timestamp) -> IdleFit {
        let is_wanted = self.settings.optimize == OptimizeChoice::Auto
            && self.store.read_only().is_none()
            && self.unsaved.is_empty();
        if !is_wanted || !self.may_be_due() {
            return IdleFit::Nothing;
        }
        if self.answers() > IDLE_ANSWERS {
            return IdleFit::TooLong(self.answers());
        }
        match self.optimize(Trial::default(), now, &mut |_| {}) {
            Ok(report) if report.verdict != Verdict::TooFew => IdleFit::Done(report),
            // What fails here is tried again at the next end, and whoever wants to know why asks for it by name.
            _ => IdleFit::Nothing,
        }
    }

    /// Whether a fit may be due, told from the schedules alone: an answer that is no card's first may be a repeated one.
    /// Where the log is too long to be counted here, a quarter of those is taken for second answers of the same day, so
    /// that nobody is sent to a command that would say "not yet".
    fn may_be_due(&self) -> bool {
        let progress = self.schedules.values().filter_map(Schedule::progress);
        let later: u32 = progress.map(|it| it.reviews.saturating_sub(1)).sum();
        let at_most = if self.answers() > IDLE_ANSWERS { later - later / 4 } else { later };
        at_most >= due_at(None)
            && self
                .store
                .last_fit()
                .is_ok_and(|last| at_most >= due_at(last.map(|fit| fit.reviews)))
    }

    /// Rated answers in the log.
    pub fn answers(&self) -> u32 {
        self.schedules.values().filter_map(Schedule::progress).map(|it| it.reviews).sum()
    }

    /// Stores a fit and the schedules of its parameters, and goes on with them.
    fn adopt(&mut self, fit: &Fit, parameters: Parameters) -> Result<(), StoreError> {
        let scheduler = Scheduler::with_parameters(self.scheduler.settings(), parameters);
        let fingerprint = fingerprint(&scheduler);
        let schedules: HashMap<CardKey, Schedule> =
            self.store.adopt_fit(fit, fingerprint, |log| replay(&scheduler, log))?;
        self.scheduler = scheduler;
        self.schedules = schedules;
        Ok(())
    }

    /// Goes on with these parameters; what is stored is another's work.
    pub(super) fn use_parameters(&mut self, parameters: Parameters) {
        if *self.scheduler.parameters() != parameters {
            self.scheduler = Scheduler::with_parameters(self.scheduler.settings(), parameters);
        }
    }
}
