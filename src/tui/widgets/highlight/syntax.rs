//! What is known of each language: comments, quotation marks, keywords.

/// How a language's keys of settings are told from other words.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Names {
    /// There are none.
    None,
    /// A word before a colon.
    Colon,
    /// A word before an equals sign.
    Equals,
    /// A word that starts with a dash.
    Dashes,
}

/// What is known of a language.
pub struct Syntax {
    /// What begins a comment to the end of the line.
    pub comments: &'static [&'static str],
    /// The start and end of comments over several lines.
    pub block_comment: Option<(&'static str, &'static str)>,
    /// What strings stand in, the longest first.
    pub quotes: &'static [&'static str],
    /// How keys are told.
    pub names: Names,
    /// The words of the language.
    pub keywords: &'static [&'static str],
    /// Whether keywords are recognised in any case.
    pub any_case: bool,
}

const C_BLOCK: Option<(&str, &str)> = Some(("/*", "*/"));

const PLAIN: Syntax = Syntax {
    comments: &[],
    block_comment: None,
    quotes: &[],
    names: Names::None,
    keywords: &[],
    any_case: false,
};

impl Syntax {
    /// The language meant by the word after a fence, in any case; `None` for an unknown one.
    pub fn of(language: &str) -> Option<Self> {
        Some(match language.to_ascii_lowercase().as_str() {
            "yaml" | "yml" => {
                Self { comments: &["#"], quotes: &["\"", "'"], names: Names::Colon, ..PLAIN }
            }
            "json" | "jsonc" => {
                Self { comments: &["//"], quotes: &["\""], names: Names::Colon, ..PLAIN }
            }
            "toml" | "ini" | "conf" | "cfg" | "properties" | "systemd" => Self {
                comments: &["#", ";"],
                quotes: &["\"\"\"", "'''", "\"", "'"],
                names: Names::Equals,
                ..PLAIN
            },
            "sh" | "bash" | "shell" | "zsh" | "console" => SHELL,
            "dockerfile" | "docker" | "containerfile" => DOCKERFILE,
            "hcl" | "terraform" | "tf" => HCL,
            "python" | "py" => PYTHON,
            "go" | "golang" => GO,
            "java" | "kotlin" | "groovy" => JAVA,
            "sql" | "mysql" | "postgresql" => SQL,
            "promql" => PROMQL,
            _ => return None,
        })
    }
}

const SHELL: Syntax = Syntax {
    comments: &["#"],
    quotes: &["\"", "'"],
    names: Names::Dashes,
    keywords: &[
        "if", "then", "else", "elif", "fi", "for", "while", "until", "do", "done", "case", "esac",
        "in", "function", "return", "exit", "export", "local", "set", "trap", "exec", "sudo",
    ],
    ..PLAIN
};

const DOCKERFILE: Syntax = Syntax {
    comments: &["#"],
    quotes: &["\"", "'"],
    names: Names::Dashes,
    keywords: &[
        "FROM",
        "AS",
        "RUN",
        "CMD",
        "ENTRYPOINT",
        "COPY",
        "ADD",
        "ENV",
        "ARG",
        "EXPOSE",
        "USER",
        "WORKDIR",
        "VOLUME",
        "LABEL",
        "HEALTHCHECK",
        "SHELL",
        "STOPSIGNAL",
        "ONBUILD",
    ],
    ..PLAIN
};

const HCL: Syntax = Syntax {
    comments: &["#", "//"],
    block_comment: C_BLOCK,
    quotes: &["\""],
    names: Names::Equals,
    keywords: &[
        "resource",
        "data",
        "variable",
        "output",
        "module",
        "provider",
        "terraform",
        "locals",
        "backend",
        "for",
        "in",
        "if",
        "dynamic",
        "lifecycle",
        "moved",
        "import",
        "removed",
    ],
    ..PLAIN
};

const PYTHON: Syntax = Syntax {
    comments: &["#"],
    quotes: &["\"\"\"", "'''", "\"", "'"],
    keywords: &[
        "def", "class", "return", "if", "elif", "else", "for", "while", "in", "not", "and", "or",
        "import", "from", "as", "with", "try", "except", "finally", "raise", "lambda", "yield",
        "async", "await", "pass", "break", "continue", "is", "global", "nonlocal", "assert", "del",
    ],
    ..PLAIN
};

const GO: Syntax = Syntax {
    comments: &["//"],
    block_comment: C_BLOCK,
    quotes: &["\"", "`", "'"],
    keywords: &[
        "package",
        "import",
        "func",
        "return",
        "if",
        "else",
        "for",
        "range",
        "switch",
        "case",
        "default",
        "go",
        "defer",
        "chan",
        "select",
        "struct",
        "interface",
        "map",
        "type",
        "var",
        "const",
        "break",
        "continue",
        "fallthrough",
        "goto",
    ],
    ..PLAIN
};

const JAVA: Syntax = Syntax {
    comments: &["//"],
    block_comment: C_BLOCK,
    quotes: &["\"\"\"", "\"", "'"],
    keywords: &[
        "package",
        "import",
        "class",
        "interface",
        "enum",
        "record",
        "extends",
        "implements",
        "public",
        "private",
        "protected",
        "static",
        "final",
        "void",
        "new",
        "return",
        "if",
        "else",
        "for",
        "while",
        "do",
        "switch",
        "case",
        "default",
        "try",
        "catch",
        "finally",
        "throw",
        "throws",
        "synchronized",
        "volatile",
        "this",
        "super",
        "int",
        "long",
        "boolean",
        "double",
        "var",
        "val",
        "fun",
        "def",
        "break",
        "continue",
    ],
    ..PLAIN
};

const SQL: Syntax = Syntax {
    comments: &["--"],
    block_comment: C_BLOCK,
    quotes: &["'", "\""],
    keywords: &[
        "select",
        "from",
        "where",
        "and",
        "or",
        "not",
        "in",
        "is",
        "null",
        "join",
        "left",
        "right",
        "inner",
        "outer",
        "on",
        "group",
        "by",
        "order",
        "having",
        "limit",
        "offset",
        "insert",
        "into",
        "values",
        "update",
        "set",
        "delete",
        "create",
        "table",
        "index",
        "alter",
        "drop",
        "primary",
        "key",
        "references",
        "as",
        "distinct",
        "union",
        "all",
        "exists",
        "between",
        "like",
        "case",
        "when",
        "then",
        "else",
        "end",
        "begin",
        "commit",
        "rollback",
        "explain",
        "analyze",
        "with",
        "for",
        "desc",
        "asc",
        "view",
        "grant",
        "revoke",
    ],
    any_case: true,
    ..PLAIN
};

const PROMQL: Syntax = Syntax {
    comments: &["#"],
    quotes: &["\"", "'", "`"],
    names: Names::Equals,
    keywords: &[
        "sum",
        "rate",
        "irate",
        "increase",
        "avg",
        "min",
        "max",
        "count",
        "by",
        "without",
        "on",
        "ignoring",
        "group_left",
        "group_right",
        "histogram_quantile",
        "offset",
        "topk",
        "bottomk",
        "absent",
        "and",
        "or",
        "unless",
        "bool",
        "delta",
        "deriv",
        "predict_linear",
        "label_replace",
        "avg_over_time",
        "max_over_time",
        "min_over_time",
        "sum_over_time",
    ],
    ..PLAIN
};
