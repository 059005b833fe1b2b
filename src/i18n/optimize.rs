//! What is said of the learner's own parameters: found, refused, given up.

use crate::domain::lang::Lang;
use crate::i18n::Texts;
use crate::study::fit::{Comparison, FitReport, FitStep, LEAST, MARGIN, Verdict};

impl Texts {
    /// What a fit is busy with.
    pub const fn fit_step(&self, step: FitStep) -> &'static str {
        match step {
            FitStep::Reading => self.pick("reading the log ...", "기록을 읽는 중 ..."),
            FitStep::Training => self.pick(
                "looking for parameters on the older answers ...",
                "예전 답으로 매개변수를 찾는 중 ...",
            ),
            FitStep::Comparing => {
                self.pick("predicting the newest answers ...", "최근 답을 예측해 보는 중 ...")
            }
            FitStep::TrainingOnAll => self.pick(
                "looking for parameters on all answers ...",
                "모든 답으로 매개변수를 찾는 중 ...",
            ),
            FitStep::Replaying => {
                self.pick("computing every schedule again ...", "복습 일정을 다시 계산하는 중 ...")
            }
        }
    }

    /// What came of a fit, in one sentence. `is_trial` is said of what was not written.
    pub fn fit_verdict(&self, report: &FitReport, is_trial: bool) -> String {
        match &report.verdict {
            Verdict::TooFew => self.fit_too_few(report),
            Verdict::NotBetter(comparison) => self.fit_not_better(comparison),
            Verdict::SameAgain(_) => self
                .pick(
                    "The parameters in use stay: all answers together give the same ones again.",
                    "지금 매개변수를 그대로 씁니다. 모든 답으로 다시 맞춰도 같은 값이 나옵니다.",
                )
                .to_owned(),
            Verdict::BackToDefaults(comparison) => self.fit_back(comparison, is_trial),
            Verdict::Accepted(comparison, _) => self.fit_accepted(comparison, is_trial),
        }
    }

    fn fit_too_few(&self, report: &FitReport) -> String {
        let (repeated, needed) = (report.repeated, report.needed);
        match self.lang {
            Lang::En => {
                format!("Nothing was tried: {repeated} of {needed} repeated answers are there.")
            }
            Lang::Ko => {
                format!(
                    "아직 맞추지 않았습니다. 반복해서 답한 기록 {repeated}개, 필요한 기록 {needed}개입니다."
                )
            }
        }
    }

    fn fit_not_better(&self, comparison: &Comparison) -> String {
        let (held_out, gain) = (comparison.held_out, comparison.gain());
        let by = gain.abs();
        match (self.lang, gain > 0.0) {
            (Lang::En, true) => format!(
                "The parameters in use stay: your own would predict the newest {held_out} answers better by {by:.4} log loss, and more than {MARGIN} are asked for."
            ),
            (Lang::En, false) => format!(
                "The parameters in use stay: your own would predict the newest {held_out} answers worse by {by:.4} log loss."
            ),
            (Lang::Ko, true) => format!(
                "지금 매개변수를 그대로 씁니다. 내 기록에 맞춘 값은 최근 답 {held_out}개에서 로그 손실이 {by:.4}만 줄었고, {MARGIN}보다 많이 줄어야 바꿉니다."
            ),
            (Lang::Ko, false) => format!(
                "지금 매개변수를 그대로 씁니다. 내 기록에 맞춘 값은 최근 답 {held_out}개에서 로그 손실이 {by:.4} 더 컸습니다."
            ),
        }
    }

    fn fit_back(&self, comparison: &Comparison, is_trial: bool) -> String {
        let held_out = comparison.held_out;
        match (self.lang, is_trial) {
            (Lang::En, false) => format!(
                "The default parameters are in use again: they predict the newest {held_out} answers better than yours did."
            ),
            (Lang::En, true) => format!(
                "The default parameters would be used again: they predict the newest {held_out} answers better than yours do."
            ),
            (Lang::Ko, false) => format!(
                "기본 매개변수로 돌아갑니다. 최근 답 {held_out}개를 기본값이 더 잘 예측했습니다."
            ),
            (Lang::Ko, true) => format!(
                "실제로 실행하면 기본 매개변수로 돌아갑니다. 최근 답 {held_out}개를 기본값이 더 잘 예측했습니다."
            ),
        }
    }

    fn fit_accepted(&self, comparison: &Comparison, is_trial: bool) -> String {
        let held_out = comparison.held_out;
        match (self.lang, is_trial) {
            (Lang::En, false) => format!(
                "Parameters of your own are in use from now on: they predict the newest {held_out} answers better."
            ),
            (Lang::En, true) => format!(
                "Parameters of your own would be used: they predict the newest {held_out} answers better."
            ),
            (Lang::Ko, false) => format!(
                "이제 내 기록에 맞춘 매개변수를 씁니다. 최근 답 {held_out}개를 더 정확히 예측했습니다."
            ),
            (Lang::Ko, true) => format!(
                "실제로 실행하면 내 기록에 맞춘 매개변수를 쓰게 됩니다. 최근 답 {held_out}개를 더 정확히 예측했습니다."
            ),
        }
    }

    /// What a repeated answer is.
    pub const fn fit_repeated_means(&self) -> &'static str {
        self.pick(
            "An answer is repeated if it comes on a later day than the card's answer before: only those tell how you forget.",
            "카드에 지난번과 다른 날 다시 답한 것만 셉니다. 얼마나 잊는지는 그런 답에서만 알 수 있습니다.",
        )
    }

    /// How to fit before it is due.
    pub fn fit_force_hint(&self, repeated: u32) -> String {
        match (self.lang, repeated >= LEAST) {
            (Lang::En, true) => {
                "`prep optimize --force` tries it now; what is found must still predict better."
                    .into()
            }
            (Lang::En, false) => format!("Below {LEAST}, --force does not help either."),
            (Lang::Ko, true) => {
                "`prep optimize --force`로 지금 해 볼 수 있습니다. 그래도 더 잘 예측할 때만 씁니다."
                    .into()
            }
            (Lang::Ko, false) => format!("{LEAST}개가 되기 전에는 --force로도 맞출 수 없습니다."),
        }
    }

    /// What other parameters do and do not change, and the way back.
    pub const fn fit_accepted_means(&self) -> &'static str {
        self.pick(
            "Days that are set stay; from the next answer on they follow your memory. `prep optimize --reset` goes back to the default parameters.",
            "이미 정해진 복습일은 그대로이고, 다음 답부터 내 기억에 맞춰 정합니다. `prep optimize --reset`으로 기본값으로 돌아갈 수 있습니다.",
        )
    }

    /// Nothing was written because nothing was to be written.
    pub const fn fit_dry_run(&self) -> &'static str {
        self.pick("Nothing was written (--dry-run).", "아무것도 저장하지 않았습니다(--dry-run).")
    }

    /// When the next fit is due.
    pub fn fit_next(&self, at: u32) -> String {
        match self.lang {
            Lang::En => format!("The next fit is due at {at} repeated answers."),
            Lang::Ko => format!("반복해서 답한 기록이 {at}개가 되면 다시 맞춥니다."),
        }
    }

    /// Heads of the comparison: what predicts, log loss, RMSE.
    pub const fn fit_columns(&self) -> [&'static str; 3] {
        match self.lang {
            Lang::En => ["parameters", "log loss", "RMSE"],
            Lang::Ko => ["매개변수", "로그 손실", "RMSE"],
        }
    }

    /// Rows of the comparison: in use, default, the learner's own.
    pub const fn fit_rows(&self) -> [&'static str; 3] {
        match self.lang {
            Lang::En => ["in use", "default", "found"],
            Lang::Ko => ["지금 값", "기본값", "찾은 값"],
        }
    }

    /// What the figures mean.
    pub fn fit_counts(&self, answers: u32, repeated: u32) -> String {
        match self.lang {
            Lang::En => {
                format!("{answers} answers, {repeated} of them repeated. Lower figures are better.")
            }
            Lang::Ko => {
                format!(
                    "답 {answers}개, 그중 반복해서 답한 기록 {repeated}개. 수치는 작을수록 좋습니다."
                )
            }
        }
    }

    /// The default parameters hold.
    pub const fn fit_reset(&self, was_needed: bool) -> &'static str {
        if was_needed {
            self.pick(
                "The default parameters are in use again, and every schedule was computed with them.",
                "기본 매개변수로 되돌렸고, 모든 복습 일정을 다시 계산했습니다.",
            )
        } else {
            self.pick(
                "The default parameters are in use already.",
                "이미 기본 매개변수를 쓰고 있습니다.",
            )
        }
    }

    /// How to keep the default parameters.
    pub const fn fit_reset_hint(&self) -> &'static str {
        self.pick(
            "To keep them, write `optimize = \"off\"` under `[scheduling]` in the settings.",
            "앞으로도 그대로 두려면 설정 파일의 `[scheduling]`에 `optimize = \"off\"`를 쓰세요.",
        )
    }

    /// Said at the end of the program when parameters were found without being asked for.
    pub fn fit_idle(&self, repeated: u32, comparison: &Comparison) -> String {
        let (before, after) = (comparison.in_use.log_loss, comparison.fitted.log_loss);
        match self.lang {
            Lang::En => format!(
                "{repeated} repeated answers gave parameters of your own (log loss {before:.4} to {after:.4}); `prep optimize --reset` goes back"
            ),
            Lang::Ko => format!(
                "반복해서 답한 기록 {repeated}개로 내 매개변수를 맞췄습니다(로그 손실 {before:.4}에서 {after:.4}). 되돌리기: `prep optimize --reset`"
            ),
        }
    }

    /// Said at the end of the program when a fit would take too long to be done unasked.
    pub fn fit_too_long(&self, answers: u32) -> String {
        match self.lang {
            Lang::En => format!(
                "with {answers} answers it is time for `prep optimize`; it takes a moment, so prep does not do it by itself"
            ),
            Lang::Ko => format!(
                "답이 {answers}개 모였습니다. `prep optimize`로 매개변수를 맞춰 보세요. 시간이 조금 걸려 저절로 하지는 않습니다"
            ),
        }
    }
}
