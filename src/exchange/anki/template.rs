//! Anki's card templates: `{{Field}}`, `{{filter:Field}}`, `{{#Field}} … {{/Field}}`, `{{^Field}} … {{/Field}}`.
//!
//! A template is read once into a flat list of steps, so that no nesting costs stack.

/// A template, ready to be filled.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Template {
    steps: Vec<Step>,
}

#[derive(Debug, PartialEq, Eq)]
enum Step {
    Text(String),
    Field {
        /// The filters in the order in which they are applied.
        filters: Vec<String>,
        name: String,
    },
    Section {
        name: String,
        shown_if_empty: bool,
        /// The step behind the section.
        end: usize,
    },
}

/// What the fields of a card are.
pub trait Values {
    /// The HTML of a field after its filters; empty for an unknown one.
    fn field(&mut self, name: &str, filters: &[String]) -> String;

    /// Whether something is in the field.
    fn is_filled(&self, name: &str) -> bool;
}

/// The filled text would be longer than allowed.
#[derive(Debug, PartialEq, Eq)]
pub struct TooLong;

impl Template {
    /// Reads a template; a section without an end ends with the template.
    pub fn parse(text: &str) -> Self {
        let mut steps = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("{{") {
            let Some((inner, after)) = after.split_once("}}") else { break };
            push_text(&mut steps, before);
            rest = after;
            let inner = inner.trim();
            match inner.chars().next() {
                Some(mark @ ('#' | '^')) => {
                    open.push(steps.len());
                    let name = inner[1..].trim().to_owned();
                    steps.push(Step::Section { name, shown_if_empty: mark == '^', end: 0 });
                }
                Some('/') => end_section(&mut steps, open.pop()),
                Some(_) => steps.push(field(inner)),
                None => {}
            }
        }
        push_text(&mut steps, rest);
        while let Some(section) = open.pop() {
            end_section(&mut steps, Some(section));
        }
        Self { steps }
    }

    /// The template with the values of a card, at most `most` bytes of it.
    pub fn fill(&self, values: &mut impl Values, most: usize) -> Result<String, TooLong> {
        let mut page = String::new();
        let mut at = 0;
        while let Some(step) = self.steps.get(at) {
            at += 1;
            match step {
                Step::Text(text) => page.push_str(text),
                Step::Field { filters, name } => page.push_str(&values.field(name, filters)),
                Step::Section { name, shown_if_empty, end } => {
                    if values.is_filled(name) == *shown_if_empty {
                        at = *end;
                    }
                }
            }
            if page.len() > most {
                return Err(TooLong);
            }
        }
        Ok(page)
    }
}

fn push_text(steps: &mut Vec<Step>, text: &str) {
    if !text.is_empty() {
        steps.push(Step::Text(text.to_owned()));
    }
}

fn end_section(steps: &mut [Step], section: Option<usize>) {
    let behind = steps.len();
    if let Some(Step::Section { end, .. }) = section.and_then(|at| steps.get_mut(at)) {
        *end = behind;
    }
}

/// `filter:other filter:Field`, in which the filter beside the field is applied first.
fn field(inner: &str) -> Step {
    let mut parts = inner.rsplit(':').map(str::trim);
    let name = parts.next().unwrap_or_default().to_owned();
    Step::Field { filters: parts.map(str::to_owned).collect(), name }
}

/// Whether HTML is nothing but white space and line breaks, as Anki judges an empty field.
pub fn is_blank(html: &str) -> bool {
    let mut rest = html.trim_start();
    while let Some(inner) = rest.strip_prefix('<') {
        let inner = inner.strip_prefix('/').unwrap_or(inner);
        let Some(inner) = ["br", "div"].iter().find_map(|name| inner.strip_prefix(name)) else {
            return false;
        };
        let inner = inner.strip_prefix(' ').unwrap_or(inner);
        let inner = inner.strip_prefix('/').unwrap_or(inner);
        let Some(after) = inner.strip_prefix('>') else { return false };
        rest = after.trim_start();
    }
    rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::{Template, TooLong, Values, is_blank};

    struct Fixed;

    impl Values for Fixed {
        fn field(&mut self, name: &str, filters: &[String]) -> String {
            match name {
                "Front" => format!("front{}", filters.join("+")),
                _ => String::new(),
            }
        }

        fn is_filled(&self, name: &str) -> bool {
            name == "Front"
        }
    }

    fn filled(template: &str) -> String {
        Template::parse(template).fill(&mut Fixed, 1000).unwrap()
    }

    #[test]
    fn fields_and_sections_are_filled() {
        assert_eq!(
            filled("a {{Front}} b {{ text : hint : Front }}{{No}}"),
            "a front b fronthint+text"
        );
        assert_eq!(filled("{{#Front}}x{{/Front}}{{^Front}}y{{/Front}}"), "x");
        assert_eq!(
            filled("{{#No}}x{{#Front}}z{{/Front}}{{/No}}{{^No}}y{{Front}}{{/No}}"),
            "yfront"
        );
    }

    #[test]
    fn broken_templates_are_read_as_far_as_they_go() {
        assert_eq!(filled("{{#No}}x"), "");
        assert_eq!(filled("a{{/No}}b{{Front"), "ab{{Front");
        assert_eq!(filled("{{}}a{{#Front}}"), "a");
    }

    #[test]
    fn a_template_cannot_swell_beyond_measure() {
        let template = Template::parse(&"{{Front}}".repeat(1000));
        assert_eq!(template.fill(&mut Fixed, 1000), Err(TooLong));
        let deep = Template::parse(&"{{#Front}}".repeat(100_000));
        assert_eq!(deep.fill(&mut Fixed, 1000).as_deref(), Ok(""));
    }

    #[test]
    fn a_field_of_line_breaks_is_empty() {
        for html in ["", " \n", "<br>", "<div><br /></div>", "<br/> <br>"] {
            assert!(is_blank(html), "{html}");
        }
        for html in ["x", "<img src=x>", "<br>x", "<b></b>"] {
            assert!(!is_blank(html), "{html}");
        }
    }
}
