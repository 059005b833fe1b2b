//! One page for the browser with every chart and table. Nothing in it comes from elsewhere, and no script runs.

use std::fmt::Write as _;

use crate::commands::stats::drawing::{self, FONTS, Fragment, Material, escape};
use crate::commands::stats::svg;
use crate::i18n::Texts;
use crate::study::stats::{Share, Way, minutes};

/// Width of a chart that takes the whole column.
const WIDE: i32 = 860;
/// Width of a chart that takes half of it.
const HALF: i32 = 410;

/// Forbids the page whatever it does not hold itself.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

const STYLE: &str = "\
:root{color-scheme:light dark}\
body{margin:0;background:#fff;color:#242a35;line-height:1.5}\
main{max-width:860px;margin:0 auto;padding:32px 24px 64px}\
h1{font-size:24px;margin:0}h1 b{color:#1a57b8}h2{font-size:18px;margin:48px 0 12px;\
border-top:1px solid #e1e6ee;padding-top:24px}h3{font-size:15px;margin:24px 0 8px}\
p,.m{color:#5b6474}.row{display:flex;flex-wrap:wrap;gap:16px 40px}\
.row>div{flex:1 1 320px;min-width:0}.n b{display:block;font-size:22px;color:#0d1117}\
.n>div{flex:0 1 auto}svg{max-width:100%;height:auto;overflow:visible}\
.s{overflow-x:auto}table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}\
th{font-weight:500;color:#5b6474;text-align:right}td{text-align:right;border-top:1px solid #e1e6ee}\
th,td{padding:6px 8px}th:first-child,td:first-child{text-align:left}\
@media (prefers-color-scheme:dark){body{background:#14171d;color:#d6dae2}h1 b{color:#7ab2ff}\
h2,td{border-color:#2b313d}p,.m,th{color:#868c9b}.n b{color:#f5f7fa}}\
@media print{h2{break-after:avoid}}";

/// The page.
pub fn page(material: &Material<'_>) -> String {
    let (texts, stats) = (material.texts, material.stats);
    let title = escape(texts.stats_title());
    let sections = if stats.evidence == 0 {
        format!("<p>{}</p>", escape(texts.stats_nothing_yet()))
    } else {
        let [overview, tags, calibration, forecast, hard] = [
            overview(material),
            tags(material),
            calibration(material),
            forecast(material),
            hard(material),
        ];
        let names = texts.stats_pages();
        let section =
            |name: &str, body: &str| format!("<section><h2>{}</h2>{body}</section>", escape(name));
        [
            section(names[0], &overview),
            section(names[1], &tags),
            section(names[2], &calibration),
            section(names[3], &forecast),
            section(names[4], &hard),
        ]
        .concat()
    };
    format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\"><head><meta charset=\"utf-8\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
         <title>prep: {title}</title><style>body{{font-family:{FONTS}}}{STYLE}{rules}</style></head>\
         <body><main><h1><b>prep</b> {title}</h1><p>{day}, {window}</p>{sections}\
         <p><small>{made}</small></p></main></body></html>\n",
        lang = material.lang.code(),
        rules = drawing::rules(),
        day = stats.today.iso(),
        window = escape(texts.stats_window(stats.window)),
        made = escape(texts.stats_made_by()),
    )
}

/// A chart as an image of its own.
fn image(fragment: &Fragment, name: &str) -> String {
    let Fragment { body, width, height } = fragment;
    format!(
        "<div class=\"s\"><svg width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{}\">{body}</svg></div>",
        escape(name)
    )
}

fn heading(title: &str, detail: &str) -> String {
    format!("<h3>{} <span class=\"m\">{}</span></h3>", escape(title), escape(detail))
}

/// A share in words.
fn said(material: &Material<'_>, share: Share) -> String {
    match share.percent() {
        Some(percent) => format!("{percent}%"),
        None => material.texts.stats_too_early(share.answers),
    }
}

fn overview(material: &Material<'_>) -> String {
    let (texts, stats) = (material.texts, material.stats);
    let figures = [
        (texts.stats_answers_row(), Texts::grouped(stats.reviews)),
        (texts.stats_days_row(), texts.stats_days_of(stats.days, stats.span)),
        (texts.stats_time_row(), texts.stats_time(stats.minutes())),
        (texts.stats_points_first_row(), said(material, stats.retention.points_first)),
        (texts.stats_points_later_row(), said(material, stats.retention.points_later)),
    ];
    let mut out = String::from("<div class=\"row n\">");
    for (name, figure) in figures {
        let _ = write!(out, "<div><b>{}</b>{}</div>", escape(&figure), escape(name));
    }
    out.push_str("</div><br>");
    out.push_str(&image(&drawing::heatmap(material, 53), texts.stats_days_row()));
    let target = texts.stats_target(percent_of(stats.target));
    let _ = write!(
        out,
        "<div class=\"row\"><div>{}{}</div><div>{}{}</div></div>",
        heading(texts.stats_retention(), &target),
        image(&svg::retention(material, HALF), texts.stats_retention()),
        heading(texts.stats_attempts(), texts.stats_attempts_detail()),
        image(&svg::attempts(material, HALF), texts.stats_attempts()),
    );
    out.push_str(&heading(texts.stats_typical_time(), &times(material)));
    out
}

/// Typical times in one line.
fn times(material: &Material<'_>) -> String {
    let typical = &material.stats.typical.by_way;
    let known = |way: &Way| typical.iter().find(|(it, _)| it == way).map(|(_, seconds)| *seconds);
    let word = |(way, seconds): (Way, f32)| {
        format!("{} {}", material.texts.stats_way(way), material.texts.seconds(seconds))
    };
    let words: Vec<String> =
        Way::ALL.into_iter().filter_map(|way| Some(word((way, known(&way)?)))).collect();
    words.join(", ")
}

fn percent_of(share: f32) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100")]
    let percent = (share * 100.0).round() as u32;
    percent
}

/// A table from its heads and rows.
fn table(heads: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut out = String::from("<div class=\"s\"><table><thead><tr>");
    for head in heads {
        let _ = write!(out, "<th>{}</th>", escape(head));
    }
    out.push_str("</tr></thead><tbody>");
    for row in rows {
        out.push_str("<tr>");
        for cell in row {
            let _ = write!(out, "<td>{}</td>", escape(&cell));
        }
        out.push_str("</tr>");
    }
    out.push_str("</tbody></table></div>");
    out
}

fn tags(material: &Material<'_>) -> String {
    let (texts, stats) = (material.texts, material.stats);
    let share = |share: f64, seen: u32| match seen {
        0 => String::new(),
        _ if stats.is_too_early() => String::new(),
        _ => format!("{:.0}%", share * 100.0),
    };
    let later = texts.day_short(stats.later);
    let heads = [
        texts.stats_tag_column(),
        texts.stats_now_column(),
        &later,
        texts.stats_ready_column(),
        texts.stats_recall_column(),
        texts.stats_minutes_column(),
        texts.stats_week_column(),
    ];
    let rows = stats.tags_in_order().into_iter().map(|(tag, figures)| {
        let mastery = &figures.mastery;
        vec![
            material.labels.tag_title(tag, material.lang).to_owned(),
            share(mastery.now(), mastery.seen),
            share(mastery.later(), mastery.seen),
            format!("{}/{}", mastery.ready, mastery.cards),
            figures.recall.percent().map_or_else(String::new, |percent| format!("{percent}%")),
            minutes(figures.seconds).to_string(),
            mastery.due_soon.to_string(),
        ]
    });
    let words = if stats.is_too_early() {
        texts.stats_too_early(stats.evidence)
    } else {
        let percent = |share: f64| format!("{:.0}%", share * 100.0);
        let (now, later) = (percent(stats.mastery.now()), percent(stats.mastery.later()));
        texts.stats_memory_then(&now, &later, stats.later)
    };
    format!(
        "<p>{}</p>{}<p>{}</p>",
        escape(&words),
        table(&heads, rows),
        escape(texts.stats_ready_means())
    )
}

fn calibration(material: &Material<'_>) -> String {
    let (texts, stats) = (material.texts, material.stats);
    let rows: Vec<_> = stats
        .calibration
        .iter()
        .map(|row| {
            let word = texts.confidence[usize::from(row.confidence.number()) - 1];
            (word.to_owned(), row.points)
        })
        .collect();
    let chart = drawing::bars(texts, &rows, None, (90, WIDE / 2));
    let verdict = match stats.over_confidence() {
        Some(over) => texts.stats_confidence(over),
        None => texts.stats_confidence_too_early(stats.calibration[0].points.answers),
    };
    let mut out = heading(texts.stats_said_column(), texts.stats_had_column());
    out.push_str(&image(&chart, texts.stats_said_column()));
    let _ = write!(out, "<p>{}</p>", escape(&verdict));
    let worst = stats.too_sure_tags();
    if !worst.is_empty() {
        out.push_str(&heading(texts.stats_hurts_most(), ""));
        let rows = worst.into_iter().map(|(tag, percent)| {
            let name = material.labels.tag_title(tag, material.lang).to_owned();
            vec![name, texts.stats_sure_right(percent)]
        });
        out.push_str(&table(&["", ""], rows));
    }
    let detail =
        if stats.sure_and_wrong.is_empty() { texts.stats_none() } else { texts.stats_fix_first() };
    out.push_str(&heading(texts.stats_sure_wrong(), detail));
    if !stats.sure_and_wrong.is_empty() {
        let rows = stats.sure_and_wrong.iter().map(|card| {
            let title = card.title.clone().unwrap_or_else(|| card.key.0.clone());
            vec![title, texts.stats_times(card.times)]
        });
        out.push_str(&table(&["", ""], rows));
    }
    out.push_str(&heading(texts.stats_grades(), &grades(material)));
    out
}

fn grades(material: &Material<'_>) -> String {
    let texts = material.texts;
    let shares = material.stats.grades.shares();
    if shares[0].is_too_early() {
        return texts.stats_too_early(shares[0].answers);
    }
    let names = [texts.stats_higher(), texts.stats_same(), texts.stats_lower()];
    let words = names.iter().zip(shares);
    let words = words.map(|(name, share)| format!("{name} {}", said(material, share)));
    words.collect::<Vec<_>>().join(", ")
}

fn forecast(material: &Material<'_>) -> String {
    let (texts, stats) = (material.texts, material.stats);
    let forecast = &stats.forecast;
    let within = forecast.days.iter().map(|day| day.cards).sum();
    let detail = texts.stats_due_detail(within, forecast.afterwards, forecast.unseen);
    let mut out = heading(texts.stats_due(), &detail);
    out.push_str(&image(&drawing::due(material, WIDE), texts.stats_due()));
    for (title, detail, bins) in [
        (texts.stats_curve(), texts.stats_curve_detail(), &stats.retention.curve),
        (texts.stats_ages(), texts.stats_ages_detail(), &stats.retention.ages),
    ] {
        out.push_str(&heading(title, detail));
        out.push_str(&image(&drawing::curve(material, bins, WIDE), title));
    }
    out
}

fn hard(material: &Material<'_>) -> String {
    let (texts, stats) = (material.texts, material.stats);
    if stats.hard.is_empty() {
        return format!("<p>{}</p>", escape(texts.stats_no_hard()));
    }
    let heads = [
        texts.stats_hard(),
        texts.stats_lapses_column(),
        texts.stats_sure_wrong_column(),
        texts.stats_missed_column(),
        "",
    ];
    let rows = stats.hard.iter().map(|card| {
        let never = if card.is_never_right { texts.stats_never_right() } else { "" };
        vec![
            card.title.clone().unwrap_or_else(|| card.key.0.clone()),
            card.lapses.to_string(),
            card.sure_and_wrong.to_string(),
            format!("{}/{}", card.misses, card.answers),
            never.to_owned(),
        ]
    });
    table(&heads, rows)
}
