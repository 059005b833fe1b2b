//! The command line of an editor that opens a file at a line.

/// A program with its arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditorCommand {
    /// The program.
    pub program: String,
    /// Its arguments.
    pub arguments: Vec<String>,
}

/// Editors that take `file:line`.
const COLON: [&str; 6] = ["hx", "helix", "subl", "zed", "micro", "lapce"];
/// Editors that take `--goto file:line`.
const GOTO: [&str; 4] = ["code", "codium", "code-insiders", "cursor"];
/// Editors that take `+line file`, as vi does.
const PLUS: [&str; 12] =
    ["vi", "vim", "nvim", "nano", "pico", "emacs", "emacsclient", "kak", "joe", "ne", "mg", "gvim"];

/// Editors that return at once unless they are told to wait: the flag, and its other spelling.
const WAITS: [(&[&str], &str, &str); 3] = [
    (&GOTO, "--wait", "-w"),
    (&["subl", "zed"], "--wait", "-w"),
    (&["gvim", "mvim"], "--nofork", "-f"),
];

impl EditorCommand {
    /// The command for `editor`, which may carry arguments (`code -w`), at a line from 1.
    ///
    /// `arguments` with `{file}` and `{line}` replace what is known of the editor. An unknown editor gets the file alone. An
    /// editor with windows of its own is told to wait: the file is read again when it returns.
    pub fn new(editor: &str, arguments: Option<&[String]>, file: &str, line: u32) -> Self {
        let mut words = shlex::split(editor).unwrap_or_else(|| vec![editor.to_owned()]);
        if words.is_empty() {
            words.push("vi".to_owned());
        }
        let program = words.remove(0);
        if let Some(arguments) = arguments {
            let filled = arguments
                .iter()
                .map(|it| it.replace("{file}", file).replace("{line}", &line.to_string()));
            return Self { program, arguments: words.into_iter().chain(filled).collect() };
        }
        let line = line.max(1);
        let name = program.rsplit(['/', '\\']).next().unwrap_or(&program);
        // Debian calls its variants vim.basic and the like.
        let name = name.split('.').next().unwrap_or(name);
        if let Some((_, flag, short)) = WAITS.iter().find(|(names, ..)| names.contains(&name))
            && !words.iter().any(|word| word == flag || word == short)
        {
            words.push((*flag).to_owned());
        }
        if GOTO.contains(&name) {
            words.extend(["--goto".to_owned(), format!("{file}:{line}")]);
        } else if COLON.contains(&name) {
            words.push(format!("{file}:{line}"));
        } else if PLUS.contains(&name) {
            words.extend([format!("+{line}"), file.to_owned()]);
        } else {
            words.push(file.to_owned());
        }
        Self { program, arguments: words }
    }
}

#[cfg(test)]
mod tests {
    use super::EditorCommand;

    fn words(editor: &str) -> String {
        let command = EditorCommand::new(editor, None, "/tmp/my deck.toml", 12);
        format!("{} {}", command.program, command.arguments.join(" "))
    }

    #[test]
    fn each_editor_opens_at_the_line() {
        assert_eq!(words("vim"), "vim +12 /tmp/my deck.toml");
        assert_eq!(words("/usr/bin/nano"), "/usr/bin/nano +12 /tmp/my deck.toml");
        assert_eq!(words("code -w"), "code -w --goto /tmp/my deck.toml:12");
        assert_eq!(words("code"), "code --wait --goto /tmp/my deck.toml:12");
        assert_eq!(words("gvim"), "gvim --nofork +12 /tmp/my deck.toml");
        assert_eq!(words("vim.basic"), "vim.basic +12 /tmp/my deck.toml");
        assert_eq!(words("emacsclient -t"), "emacsclient -t +12 /tmp/my deck.toml");
        assert_eq!(words("hx"), "hx /tmp/my deck.toml:12");
        assert_eq!(words("\"/opt/my editor/ed\" -x"), "/opt/my editor/ed -x /tmp/my deck.toml");
        assert_eq!(words(""), "vi +12 /tmp/my deck.toml");
    }

    #[test]
    fn own_arguments_replace_what_is_known() {
        let own = ["--at".to_owned(), "{line}".to_owned(), "{file}".to_owned()];
        let command = EditorCommand::new("vim", Some(&own), "x.toml", 3);
        assert_eq!(command.arguments, ["--at", "3", "x.toml"]);
    }
}
