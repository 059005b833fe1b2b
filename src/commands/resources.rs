//! Books, courses and links, in groups.

use serde::Serialize;

use crate::commands::filter::nearest;
use crate::commands::output::UsageError;
use crate::commands::output::{self, JSON_VERSION, bold, one_line};
use crate::commands::world::{Exit, World};
use crate::decks::{bundled_labels, bundled_resources};
use crate::domain::lang::Lang;
use crate::domain::resource::{Resource, ResourceList};
use crate::domain::tag::Tag;
use crate::tui::widgets::wrap::wrap;

/// Lists books, courses and links.
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// Only with these tags (k8s, 쿠버네티스 and kubernetes are the same)
    #[arg(short, long, value_delimiter = ',', value_name = "TAG")]
    tag: Vec<String>,
    /// Only of this group, such as sre or kubernetes
    #[arg(long, value_name = "GROUP")]
    group: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  prep resources                   everything, in groups
  prep resources --group sre       one group
  prep resources --tag k8s         what has a tag
  prep resources --json | jq -r '.groups[].resources[].url'";

#[derive(Serialize)]
struct Output<'a> {
    version: u32,
    groups: Vec<GroupRow<'a>>,
}

#[derive(Serialize)]
struct GroupRow<'a> {
    group: &'a str,
    title: &'a str,
    resources: Vec<ResourceRow<'a>>,
}

#[derive(Serialize)]
struct ResourceRow<'a> {
    id: &'a str,
    kind: &'a str,
    lang: &'a str,
    title: &'a str,
    url: &'a str,
    note: &'a str,
    tags: Vec<&'a str>,
    cards: Vec<&'a str>,
}

/// Runs it.
pub fn run(args: &Args, world: &mut World) -> anyhow::Result<Exit> {
    let json = args.json;
    let list = bundled_resources();
    let tags = resolve_tags(&args.tag, &list)?;
    let groups = groups(&list, &tags, args.group.as_deref(), world.languages().0)?;
    if json {
        output::json(&Output { version: JSON_VERSION, groups })?;
        return Ok(Exit::Done);
    }
    let blocks: Vec<String> = groups.iter().map(|group| block(group, world)).collect();
    output::print(&blocks.join("\n"))?;
    Ok(Exit::Done)
}

/// The tags that are meant; one that no link has is refused with the nearest ones.
fn resolve_tags(words: &[String], list: &ResourceList) -> anyhow::Result<Vec<Tag>> {
    let labels = bundled_labels();
    let mut tags = Vec::new();
    for word in words {
        let tag = labels.tag(word);
        if !list.resources.iter().any(|resource| resource.tags.contains(&tag)) {
            let used = |slug: &str| {
                list.resources.iter().any(|it| it.tags.iter().any(|tag| tag.0 == slug))
            };
            let known = labels.tags.iter().map(|it| it.slug.as_str()).filter(|slug| used(slug));
            return Err(UsageError(format!(
                "no link has the tag `{word}`{}",
                nearest(word, known, "prep resources")
            ))
            .into());
        }
        tags.push(tag);
    }
    Ok(tags)
}

fn groups<'a>(
    list: &'a ResourceList,
    tags: &[Tag],
    wanted: Option<&str>,
    lang: Lang,
) -> anyhow::Result<Vec<GroupRow<'a>>> {
    let is_wanted = |id: &str, titles: [&str; 2]| {
        wanted.is_none_or(|wanted| {
            let wanted = wanted.to_lowercase();
            id == wanted || titles.iter().any(|title| title.to_lowercase() == wanted)
        })
    };
    let mut groups = Vec::new();
    let mut is_known = false;
    for group in &list.groups {
        if !is_wanted(&group.id, [&group.title, &group.title_ko]) {
            continue;
        }
        is_known = true;
        let resources: Vec<ResourceRow<'a>> = list
            .resources
            .iter()
            .filter(|it| it.group == group.id)
            .filter(|it| tags.is_empty() || it.tags.iter().any(|tag| tags.contains(tag)))
            .map(|it| resource_row(it, lang))
            .collect();
        if !resources.is_empty() {
            let title = if lang == Lang::Ko { &group.title_ko } else { &group.title };
            groups.push(GroupRow { group: &group.id, title, resources });
        }
    }
    if let Some(word) = wanted.filter(|_| !is_known) {
        let known = list.groups.iter().map(|group| group.id.as_str());
        return Err(UsageError(format!(
            "there is no group `{word}`{}",
            nearest(word, known, "prep resources")
        ))
        .into());
    }
    Ok(groups)
}

fn resource_row(resource: &Resource, lang: Lang) -> ResourceRow<'_> {
    ResourceRow {
        id: &resource.id,
        kind: &resource.kind,
        lang: &resource.lang,
        title: resource.title(lang),
        url: &resource.url,
        note: resource.note(lang),
        tags: resource.tags.iter().map(|tag| tag.0.as_str()).collect(),
        cards: resource.cards.iter().map(|card| card.0.as_str()).collect(),
    }
}

fn block(group: &GroupRow<'_>, world: &World) -> String {
    let color = world.has_color();
    let mut lines = vec![format!("{} ({})", bold(&one_line(group.title), color), group.group)];
    for resource in &group.resources {
        let title = one_line(resource.title);
        lines.push(format!("  {}", bold(&title, color)));
        lines.push(format!("    {}", one_line(resource.url)));
        let note = one_line(resource.note);
        let note = match output::width(world) {
            Some(width) => wrap(&note, width.clamp(24, 92) - 4),
            None => vec![note],
        };
        lines.extend(note.iter().map(|line| format!("    {line}").trim_end().to_owned()));
    }
    lines.join("\n") + "\n"
}
