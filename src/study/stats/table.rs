//! Every figure as a row of one long table, for spreadsheets and scripts; the table as CSV (RFC 4180).

use crate::study::stats::{Bin, Mastery, Share, Stage, Stats};

/// Columns of the table.
const HEAD: &str = "section,item,figure,value";

/// The rows as they grow.
struct Table {
    text: String,
}

impl Stats {
    /// All figures as CSV with the columns `section`, `item`, `figure` and `value`. Shares are given as hits, tries and
    /// answers, and as whole percent where there are 20 answers. Lines end as RFC 4180 wants.
    pub fn csv(&self) -> String {
        let mut table = Table { text: format!("{HEAD}\r\n") };
        self.overview(&mut table);
        self.calendar_rows(&mut table);
        self.tag_rows(&mut table);
        self.calibration_rows(&mut table);
        self.forecast_rows(&mut table);
        self.hard_rows(&mut table);
        table.text
    }

    fn overview(&self, table: &mut Table) {
        let section = "overview";
        table.word(section, "", "day", &self.today.iso());
        table.word(section, "", "window", self.window.name());
        table.number(section, "", "reviews", self.reviews);
        table.number(section, "", "days", self.days);
        table.number(section, "", "days_in_window", self.span);
        table.real(section, "", "seconds", self.seconds);
        table.real(section, "", "target", f64::from(self.target));
        let retention = &self.retention;
        table.share(section, "recall", retention.recall);
        table.share(section, "first_try", retention.first_try);
        table.share(section, "points_first", retention.points_first);
        table.share(section, "points_later", retention.points_later);
        for (stage, share) in Stage::ALL.iter().zip(retention.stages) {
            table.share("retention", stage.name(), share);
        }
        for (number, share) in (1..).zip(retention.attempts) {
            table.share("attempts", &format!("{number}"), share);
        }
        for (way, seconds) in &self.typical.by_way {
            table.real("typical_seconds", way.name(), "median", f64::from(*seconds));
        }
        for (kind, seconds) in &self.typical.by_kind {
            table.real("typical_seconds_by_kind", kind.name(), "median", f64::from(*seconds));
        }
        for quiz in &self.quizzes {
            table.number("quizzes", &quiz.day.iso(), "right", quiz.right);
            table.number("quizzes", &quiz.day.iso(), "total", quiz.total);
        }
    }

    fn calendar_rows(&self, table: &mut Table) {
        for (day, count) in &self.calendar {
            table.number("calendar", &day.iso(), "reviews", count.reviews);
            table.real("calendar", &day.iso(), "seconds", count.seconds);
        }
    }

    fn tag_rows(&self, table: &mut Table) {
        table.mastery("memory", "", &self.mastery);
        for (tag, figures) in self.tags_in_order() {
            table.number("tags", &tag.0, "reviews", figures.reviews);
            table.real("tags", &tag.0, "seconds", figures.seconds);
            table.share("tags", &tag.0, figures.recall);
            table.mastery("tags", &tag.0, &figures.mastery);
        }
    }

    fn calibration_rows(&self, table: &mut Table) {
        for entry in &self.calibration {
            table.share("calibration", entry.confidence.name(), entry.points);
        }
        if let Some(points) = self.over_confidence() {
            table.word("calibration", "", "over_confidence", &points.to_string());
        }
        for (tag, figures) in &self.tags {
            if figures.sure.answers > 0 {
                table.share("sure_by_tag", &tag.0, figures.sure);
            }
        }
        for card in &self.sure_and_wrong {
            table.number("sure_and_wrong", &card.key.0, "times", card.times);
        }
        let names = ["higher", "same", "lower"];
        for (name, share) in names.iter().zip(self.grades.shares()) {
            table.number("grades_against_ticks", name, "grades", share.hits);
        }
    }

    fn forecast_rows(&self, table: &mut Table) {
        for day in &self.forecast.days {
            table.number("due", &day.day.iso(), "cards", day.cards);
            if let Some(planned) = day.planned {
                table.number("due", &day.day.iso(), "planned", planned);
            }
        }
        table.number("due", "", "overdue", self.forecast.overdue);
        table.number("due", "", "afterwards", self.forecast.afterwards);
        table.number("due", "", "unseen", self.forecast.unseen);
        for (section, bins) in
            [("curve", &self.retention.curve), ("retention_by_age", &self.retention.ages)]
        {
            for bin in bins {
                table.bin(section, bin);
            }
        }
    }

    fn hard_rows(&self, table: &mut Table) {
        for card in &self.hard {
            let key = &card.key.0;
            table.word("hard", key, "title", card.title.as_deref().unwrap_or_default());
            table.number("hard", key, "answers", card.answers);
            table.number("hard", key, "misses", card.misses);
            table.number("hard", key, "lapses", card.lapses);
            table.number("hard", key, "sure_and_wrong", card.sure_and_wrong);
            table.number("hard", key, "never_right", u32::from(card.is_never_right));
            table.word("hard", key, "last", &card.last.iso());
        }
    }
}

impl Table {
    fn row(&mut self, section: &str, item: &str, figure: &str, value: &str) {
        let cells = [section, &cell(item), figure, value];
        self.text.push_str(&cells.join(","));
        self.text.push_str("\r\n");
    }

    fn word(&mut self, section: &str, item: &str, figure: &str, value: &str) {
        let value = if value.parse::<f64>().is_ok() { value.to_owned() } else { cell(value) };
        self.row(section, item, figure, &value);
    }

    fn number(&mut self, section: &str, item: &str, figure: &str, value: u32) {
        self.row(section, item, figure, &value.to_string());
    }

    fn real(&mut self, section: &str, item: &str, figure: &str, value: f64) {
        self.row(section, item, figure, &format!("{value:.4}"));
    }

    fn share(&mut self, section: &str, item: &str, share: Share) {
        self.number(section, item, "hits", share.hits);
        self.number(section, item, "total", share.total);
        self.number(section, item, "answers", share.answers);
        if let Some(percent) = share.percent() {
            self.number(section, item, "percent", u32::from(percent));
        }
    }

    fn mastery(&mut self, section: &str, item: &str, mastery: &Mastery) {
        self.number(section, item, "cards", mastery.cards);
        self.number(section, item, "seen", mastery.seen);
        self.number(section, item, "ready", mastery.ready);
        self.number(section, item, "ready_later", mastery.ready_later);
        self.number(section, item, "due_soon", mastery.due_soon);
        self.real(section, item, "mastery", mastery.now());
        self.real(section, item, "mastery_later", mastery.later());
    }

    fn bin(&mut self, section: &str, bin: &Bin) {
        let item = span(bin.from, bin.to);
        let (low, high) = bin.recalled.interval();
        self.share(section, &item, bin.recalled);
        self.real(section, &item, "low", low);
        self.real(section, &item, "high", high);
        self.real(section, &item, "expected", bin.expected);
    }
}

/// Days as a span: `5`, `5-7` or `61+`.
fn span(from: u32, to: Option<u32>) -> String {
    match to {
        None => format!("{from}+"),
        Some(to) if to == from => format!("{from}"),
        Some(to) => format!("{from}-{to}"),
    }
}

/// A text as a cell: quoted where it must be, and never a formula to a spreadsheet.
fn cell(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if is_formula { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\n', '\r']) {
        return format!("\"{}\"", text.replace('"', "\"\""));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{cell, span};

    #[test]
    fn a_cell_is_quoted_where_it_must_be_and_is_no_formula() {
        assert_eq!(cell("aws"), "aws");
        assert_eq!(cell("a, \"b\""), "\"a, \"\"b\"\"\"");
        assert_eq!(cell("=1+1"), "'=1+1");
    }

    #[test]
    fn spans_are_written_as_people_write_them() {
        assert_eq!([span(1, Some(1)), span(5, Some(7)), span(61, None)], ["1", "5-7", "61+"]);
    }
}
