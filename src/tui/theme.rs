//! The look: roles and how each theme draws them, and the glyphs of the Unicode and the ASCII set.
//!
//! Code names a role, never a colour. No role carries a meaning by colour alone.

use ratatui::style::{Color, Modifier, Style};

/// What a piece of the screen is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// What is read: questions, answers.
    Text,
    /// What may be overlooked: times, help, what a key does.
    Muted,
    /// What almost vanishes: rules and empty tracks.
    Faint,
    /// Headings and the question: the heaviest weight.
    Title,
    /// The one accent: the current item, filled tracks.
    Accent,
    /// Right, on course.
    Good,
    /// Careful.
    Warn,
    /// Wrong, overdue, broken.
    Bad,
    /// The selected row; a background, or reversed where there is none.
    Selection,
    /// The background of code and of panels.
    SoftBackground,
    /// The background of the header and the footer.
    Bar,
    /// The background of the whole screen; nothing where the terminal's own is kept.
    Screen,
    /// A key that can be pressed.
    Key,
    /// Strongly emphasised text.
    Strong,
    /// Emphasised text.
    Emphasis,
    /// The text of a link.
    Link,
    /// Code within a sentence.
    Code,
    /// Code in a block.
    CodeText,
    /// A comment in code.
    CodeComment,
    /// A string in code.
    CodeString,
    /// A number or constant in code.
    CodeNumber,
    /// A keyword in code.
    CodeKeyword,
    /// A key or attribute name in code.
    CodeName,
    /// A little, on a heat map.
    HeatLow,
    /// Some, on a heat map.
    HeatMiddle,
    /// Much, on a heat map.
    HeatHigh,
}

impl Role {
    /// Every role.
    #[cfg(test)]
    pub const ALL: [Self; 26] = [
        Self::Text,
        Self::Muted,
        Self::Faint,
        Self::Title,
        Self::Accent,
        Self::Good,
        Self::Warn,
        Self::Bad,
        Self::Selection,
        Self::SoftBackground,
        Self::Bar,
        Self::Screen,
        Self::Key,
        Self::Strong,
        Self::Emphasis,
        Self::Link,
        Self::Code,
        Self::CodeText,
        Self::CodeComment,
        Self::CodeString,
        Self::CodeNumber,
        Self::CodeKeyword,
        Self::CodeName,
        Self::HeatLow,
        Self::HeatMiddle,
        Self::HeatHigh,
    ];
}

/// Which colours are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Palette {
    /// The terminal's own 16 colours and its own background.
    #[default]
    Terminal,
    /// True colour on a dark background.
    Dark,
    /// True colour on a light background.
    Light,
    /// No colour at all, for `NO_COLOR`: bold, underline and reverse only.
    Plain,
}

impl Palette {}

/// The signs that are drawn; each takes one cell in its set, except the two that ASCII spells with several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyphs {
    /// A thin rule.
    pub rule: &'static str,
    /// A key point not yet said.
    pub open_dot: &'static str,
    /// A key point that was said.
    pub hit_dot: &'static str,
    /// A tick.
    pub tick: &'static str,
    /// The bar before the selected row.
    pub selection: &'static str,
    /// The filled part of a progress line.
    pub heavy: &'static str,
    /// The empty part of a progress line.
    pub track: &'static str,
    /// An arrow to the right; two cells in ASCII.
    pub arrow: &'static str,
    /// Where text was cut; three cells in ASCII.
    pub ellipsis: &'static str,
    /// Before an item of a list.
    pub bullet: &'static str,
    /// Before the line that matters.
    pub marker: &'static str,
    /// Before each line of a quotation.
    pub quote: &'static str,
    /// Behind the line where time is spent best.
    pub best: &'static str,
    /// From one number to another.
    pub dash: &'static str,
    /// Between parts of one line.
    pub separator: &'static str,
    /// Eight heights or densities, lowest first.
    pub bars: [&'static str; 8],
    /// Four sizes of a square, from nothing to much.
    pub heat: [&'static str; 4],
    /// Where a goal stands on a progress line.
    pub goal: &'static str,
    /// The range around a point of a chart.
    pub stem: &'static str,
    /// A line across a chart.
    pub grid: &'static str,
    /// Whether braille patterns and eighths of a block can be drawn.
    pub is_fine: bool,
}

impl Glyphs {
    /// Thin rules, dots and blocks.
    pub const UNICODE: Self = Self {
        rule: "─",
        open_dot: "○",
        hit_dot: "●",
        tick: "✓",
        selection: "▌",
        heavy: "━",
        track: "─",
        arrow: "→",
        ellipsis: "…",
        bullet: "•",
        marker: "▸",
        quote: "│",
        best: "◂",
        dash: "–",
        separator: "·",
        bars: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
        heat: ["·", "▫", "▪", "■"],
        goal: "┃",
        stem: "│",
        grid: "┈",
        is_fine: true,
    };

    /// For terminals that cannot draw the others, or draw them two cells wide.
    pub const ASCII: Self = Self {
        rule: "-",
        open_dot: "o",
        hit_dot: "*",
        tick: "x",
        selection: ">",
        heavy: "=",
        track: "-",
        arrow: "->",
        ellipsis: "...",
        bullet: "-",
        marker: ">",
        quote: "|",
        best: "<",
        dash: "-",
        separator: "-",
        bars: [".", ":", "-", "=", "+", "*", "#", "@"],
        heat: [".", ":", "+", "#"],
        goal: "|",
        stem: "|",
        grid: " ",
        is_fine: false,
    };

    /// Whether only ASCII may be drawn.
    pub const fn is_ascii(&self) -> bool {
        self.rule.is_ascii()
    }

    /// The bar for a share from 0 to 1; anything outside is taken as the nearer end.
    pub fn bar(&self, share: f64) -> &'static str {
        let step = [0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875];
        self.bars[step.iter().filter(|limit| share > **limit).count()]
    }
}

/// A palette with a set of glyphs: all that drawing needs to know of the look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    /// The colours.
    pub palette: Palette,
    /// The signs.
    pub glyphs: &'static Glyphs,
}

impl Theme {
    /// A theme.
    pub const fn new(palette: Palette, glyphs: &'static Glyphs) -> Self {
        Self { palette, glyphs }
    }

    /// A role in bold.
    pub fn bold(&self, role: Role) -> Style {
        self.style(role).add_modifier(Modifier::BOLD)
    }

    /// Whether backgrounds tell things apart; otherwise only weight, edges and reversed rows do.
    pub const fn has_backgrounds(&self) -> bool {
        matches!(self.palette, Palette::Dark | Palette::Light)
    }

    /// How a role is drawn. Styles of background roles (`Selection`, `SoftBackground`, `Bar`, `Screen`) are
    /// laid under others with `patch`.
    pub fn style(&self, role: Role) -> Style {
        match self.palette {
            Palette::Terminal => terminal(role),
            Palette::Dark => coloured(&DARK, role),
            Palette::Light => coloured(&LIGHT, role),
            Palette::Plain => weight(role),
        }
    }
}

/// The part of a style that is no colour: bold, underlined, reversed. It is all that `NO_COLOR` leaves.
fn weight(role: Role) -> Style {
    match role {
        Role::Title | Role::Accent | Role::Bad | Role::Key | Role::Strong | Role::CodeKeyword => {
            Style::new().add_modifier(Modifier::BOLD)
        }
        Role::Emphasis | Role::Link => Style::new().add_modifier(Modifier::UNDERLINED),
        // Colours inside a reversed row would become blocks.
        Role::Selection => {
            Style::new().fg(Color::Reset).bg(Color::Reset).add_modifier(Modifier::REVERSED)
        }
        _ => Style::new(),
    }
}

fn terminal(role: Role) -> Style {
    let colour = match role {
        Role::Muted | Role::Faint | Role::CodeComment => Color::DarkGray,
        Role::Accent | Role::Link | Role::CodeKeyword | Role::HeatMiddle => Color::Blue,
        Role::HeatLow => return Style::new().fg(Color::Blue).add_modifier(Modifier::DIM),
        Role::HeatHigh => return Style::new().fg(Color::LightBlue).add_modifier(Modifier::BOLD),
        Role::Good => Color::Green,
        Role::Warn => Color::Yellow,
        Role::Bad => Color::Red,
        Role::Code | Role::CodeString => Color::Cyan,
        Role::CodeNumber => Color::Magenta,
        Role::Title | Role::Key | Role::Strong | Role::Selection => return weight(role),
        Role::Emphasis => return Style::new().add_modifier(Modifier::ITALIC),
        _ => return Style::new(),
    };
    let style = Style::new().fg(colour);
    match role {
        Role::Link => style.add_modifier(Modifier::UNDERLINED),
        Role::Faint => style.add_modifier(Modifier::DIM),
        _ => style,
    }
}

/// The colours of a true-colour theme.
struct Colours {
    text: Color,
    muted: Color,
    faint: Color,
    title: Color,
    accent: Color,
    good: Color,
    warn: Color,
    bad: Color,
    string: Color,
    number: Color,
    heat: [Color; 3],
    soft_background: Color,
    selection: Color,
    bar: Color,
    screen: Color,
}

const DARK: Colours = Colours {
    text: rgb(0xd6_dae2),
    muted: rgb(0x86_8c9b),
    faint: rgb(0x42_4854),
    title: rgb(0xf5_f7fa),
    accent: rgb(0x7a_b2ff),
    good: rgb(0x86_cd96),
    warn: rgb(0xe8_c06e),
    bad: rgb(0xf0_7676),
    string: rgb(0x9f_cfd0),
    number: rgb(0xc8_b4e8),
    heat: [rgb(0x3d_6291), rgb(0x5d_93d8), rgb(0xa9_d0ff)],
    soft_background: rgb(0x26_2c38),
    selection: rgb(0x22_3046),
    bar: rgb(0x1c_2028),
    screen: rgb(0x14_171d),
};

const LIGHT: Colours = Colours {
    text: rgb(0x24_2a35),
    muted: rgb(0x5b_6474),
    faint: rgb(0xc9_ced8),
    title: rgb(0x0d_1117),
    accent: rgb(0x1a_57b8),
    good: rgb(0x1c_6e35),
    warn: rgb(0x85_5800),
    bad: rgb(0xb3_261e),
    string: rgb(0x0f_6670),
    number: rgb(0x6b_3fa0),
    heat: [rgb(0x8f_b6ec), rgb(0x4a_84d8), rgb(0x12_3f8c)],
    soft_background: rgb(0xf0_f2f6),
    selection: rgb(0xdc_e8fb),
    bar: rgb(0xe9_ecf2),
    screen: rgb(0xff_ffff),
};

const fn rgb(hex: u32) -> Color {
    Color::from_u32(hex)
}

fn coloured(colours: &Colours, role: Role) -> Style {
    let foreground = |colour| Style::new().fg(colour);
    match role {
        Role::Text | Role::CodeText => foreground(colours.text),
        Role::Muted | Role::CodeComment => foreground(colours.muted),
        Role::Faint => foreground(colours.faint),
        Role::Title | Role::Key | Role::Strong => {
            foreground(colours.title).add_modifier(Modifier::BOLD)
        }
        Role::Accent | Role::CodeKeyword => foreground(colours.accent),
        Role::Good => foreground(colours.good),
        Role::Warn => foreground(colours.warn),
        Role::Bad => foreground(colours.bad),
        Role::CodeString => foreground(colours.string),
        Role::CodeNumber => foreground(colours.number),
        Role::CodeName => foreground(colours.title),
        Role::HeatLow => foreground(colours.heat[0]),
        Role::HeatMiddle => foreground(colours.heat[1]),
        Role::HeatHigh => foreground(colours.heat[2]),
        Role::Emphasis => foreground(colours.text).add_modifier(Modifier::ITALIC),
        Role::Link => foreground(colours.accent).add_modifier(Modifier::UNDERLINED),
        Role::Code => foreground(colours.text).bg(colours.soft_background),
        Role::Selection => Style::new().bg(colours.selection),
        Role::SoftBackground => Style::new().bg(colours.soft_background),
        Role::Bar => Style::new().bg(colours.bar),
        Role::Screen => foreground(colours.text).bg(colours.screen),
    }
}

#[cfg(test)]
mod tests {
    use ratatui::style::{Color, Modifier};

    use super::{DARK, Glyphs, LIGHT, Palette, Role, Theme};

    fn luminance(colour: Color) -> f64 {
        let Color::Rgb(red, green, blue) = colour else { panic!("not true colour") };
        let part = |byte: u8| {
            let share = f64::from(byte) / 255.0;
            if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue)
    }

    fn contrast(one: Color, other: Color) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn text_is_readable_on_every_background_of_the_true_colour_themes() {
        for colours in [&DARK, &LIGHT] {
            let backgrounds =
                [colours.screen, colours.soft_background, colours.bar, colours.selection];
            for background in backgrounds {
                for text in [colours.text, colours.title] {
                    assert!(contrast(text, background) >= 7.0, "{text} on {background}");
                }
                for text in [
                    colours.accent,
                    colours.good,
                    colours.warn,
                    colours.bad,
                    colours.string,
                    colours.number,
                ] {
                    assert!(contrast(text, background) >= 4.5, "{text} on {background}");
                }
                assert!(contrast(colours.muted, background) >= 3.9, "muted on {background}");
            }
        }
    }

    #[test]
    fn the_plain_theme_uses_no_colour() {
        let theme = Theme::new(Palette::Plain, &Glyphs::ASCII);
        for role in Role::ALL {
            let style = theme.style(role);
            for colour in [style.fg, style.bg, style.underline_color] {
                assert!(matches!(colour, None | Some(Color::Reset)), "{role:?}: {colour:?}");
            }
        }
    }

    #[test]
    fn the_terminal_theme_leaves_the_background_alone() {
        let theme = Theme::new(Palette::Terminal, &Glyphs::UNICODE);
        for role in Role::ALL {
            assert!(matches!(theme.style(role).bg, None | Some(Color::Reset)), "{role:?}");
            assert!(!matches!(theme.style(role).fg, Some(Color::Rgb(..))), "{role:?}");
        }
    }

    #[test]
    fn a_selection_is_seen_without_colour() {
        for palette in [Palette::Plain, Palette::Terminal] {
            let style = Theme::new(palette, &Glyphs::ASCII).style(Role::Selection);
            assert!(style.add_modifier.contains(Modifier::REVERSED));
        }
    }

    #[test]
    fn bars_grow_with_the_share() {
        let glyphs = Glyphs::UNICODE;
        assert_eq!((glyphs.bar(-1.0), glyphs.bar(0.0), glyphs.bar(0.5)), ("▁", "▁", "▄"));
        assert_eq!((glyphs.bar(1.0), glyphs.bar(7.0), glyphs.bar(f64::NAN)), ("█", "█", "▁"));
    }
}
