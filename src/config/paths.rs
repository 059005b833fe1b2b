//! Where files live, and everything that prep reads from its environment. Alone reads variables.

use std::ffi::OsString;
use std::fs::File;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use directories::{BaseDirs, ProjectDirs};

use crate::config::ConfigError;
use crate::domain::lang::Lang;
use crate::domain::time::Timestamp;

/// Everything that prep reads from its environment, as it stood at the start. Empty variables count as unset.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Environment {
    /// `PREP_DATA_DIR`: the folder of progress and the user's decks.
    pub data_dir: Option<PathBuf>,
    /// `PREP_CONFIG_DIR`: the folder of `config.toml`.
    pub config_dir: Option<PathBuf>,
    /// `PREP_DECKS`: folders and files with decks, in the place of all others of the user.
    pub decks: Option<Vec<PathBuf>>,
    /// `PREP_NOW`: the time that counts as now, for tests.
    pub now: Option<String>,
    /// `PREP_LANG`: the language of the interface.
    pub lang: Option<String>,
    /// Whether `NO_COLOR` or `PREP_NO_COLOR` is set.
    pub no_color: bool,
    /// `TERM`.
    pub term: Option<String>,
    /// The locale of messages: `LC_ALL`, `LC_MESSAGES` or `LANG`, the first that is set.
    pub message_locale: Option<String>,
    /// The locale of characters: `LC_ALL`, `LC_CTYPE` or `LANG`, the first that is set.
    pub character_locale: Option<String>,
    /// The locale of dates: `LC_ALL`, `LC_TIME` or `LANG`, the first that is set.
    pub time_locale: Option<String>,
    /// `TZ`; an empty one means UTC.
    pub time_zone: Option<String>,
    /// `VISUAL` or `EDITOR`, the first that is set.
    pub editor: Option<String>,
    /// `COLUMNS`, where it is a number.
    pub columns: Option<u16>,
}

impl Environment {
    /// Reads the variables of this process.
    pub fn read() -> Self {
        Self::from_variables(|name| {
            #[expect(clippy::disallowed_methods, reason = "the one place that reads variables")]
            std::env::var_os(name)
        })
    }

    fn from_variables(variable: impl Fn(&str) -> Option<OsString>) -> Self {
        let raw = |name: &str| variable(name).filter(|value| !value.is_empty());
        let text = |name: &str| raw(name).map(|value| value.to_string_lossy().into_owned());
        let first = |names: &[&str]| names.iter().find_map(|name| text(name));
        Self {
            data_dir: raw("PREP_DATA_DIR").map(PathBuf::from),
            config_dir: raw("PREP_CONFIG_DIR").map(PathBuf::from),
            decks: raw("PREP_DECKS").map(|list| split_paths(&list)),
            now: text("PREP_NOW"),
            lang: text("PREP_LANG"),
            no_color: raw("NO_COLOR").is_some() || raw("PREP_NO_COLOR").is_some(),
            term: text("TERM"),
            message_locale: first(&["LC_ALL", "LC_MESSAGES", "LANG"]),
            character_locale: first(&["LC_ALL", "LC_CTYPE", "LANG"]),
            time_locale: first(&["LC_ALL", "LC_TIME", "LANG"]),
            time_zone: variable("TZ").map(|value| value.to_string_lossy().into_owned()),
            editor: first(&["VISUAL", "EDITOR"]),
            columns: text("COLUMNS").and_then(|columns| columns.trim().parse().ok()),
        }
    }

    /// The time of `PREP_NOW`, if it is set.
    pub fn now(&self) -> Result<Option<Timestamp>, ConfigError> {
        let Some(text) = &self.now else { return Ok(None) };
        Timestamp::parse(text).map(Some).ok_or_else(|| ConfigError::Now(text.clone()))
    }

    /// The language of the system: Korean for a Korean locale, English for all else.
    pub fn system_lang(&self) -> Lang {
        self.message_locale.as_deref().map_or(Lang::En, Lang::from_locale)
    }

    /// Whether the terminal can be expected to show more than ASCII.
    pub fn shows_unicode(&self) -> bool {
        if matches!(self.term.as_deref(), Some("dumb" | "linux")) {
            return false;
        }
        let utf8 = |locale: &str| {
            let locale = locale.to_ascii_lowercase();
            locale.contains("utf-8") || locale.contains("utf8")
        };
        match &self.character_locale {
            Some(locale) => utf8(locale),
            // Windows and macOS terminals are Unicode without a locale that says so.
            None => cfg!(any(windows, target_os = "macos")),
        }
    }
}

fn split_paths(list: &OsString) -> Vec<PathBuf> {
    std::env::split_paths(list).filter(|path| !path.as_os_str().is_empty()).collect()
}

/// Where prep keeps its files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paths {
    /// The folder of progress and decks.
    pub data: PathBuf,
    /// The folder of settings.
    pub config: PathBuf,
    /// The progress database.
    pub database: PathBuf,
    /// The user's own decks.
    pub decks: PathBuf,
    /// Copies of the database.
    pub backups: PathBuf,
    /// The settings file.
    pub settings: PathBuf,
    /// The user's home, where there is one; what `~` means.
    pub home: Option<PathBuf>,
    /// The system's folder for temporary files: the last place for what cannot be saved elsewhere.
    pub temporary: PathBuf,
}

impl Paths {
    /// The native folders of the system, unless the environment names others.
    pub fn find(environment: &Environment) -> Result<Self, ConfigError> {
        let native = ProjectDirs::from("", "", "prep");
        let folder = |given: &Option<PathBuf>, native: Option<&Path>| {
            given.as_deref().or(native).map(absolute).ok_or(ConfigError::NoHome)
        };
        let data = folder(&environment.data_dir, native.as_ref().map(ProjectDirs::data_dir))?;
        let config = folder(&environment.config_dir, native.as_ref().map(ProjectDirs::config_dir))?;
        Ok(Self {
            database: data.join("progress.sqlite"),
            decks: data.join("decks"),
            backups: data.join("backups"),
            settings: config.join("config.toml"),
            home: BaseDirs::new().map(|dirs| dirs.home_dir().to_owned()),
            temporary: std::env::temp_dir(),
            data,
            config,
        })
    }

    /// For tests: everything in one folder.
    #[cfg(test)]
    pub fn in_folder(folder: &Path) -> Self {
        Self {
            data: folder.to_owned(),
            config: folder.to_owned(),
            database: folder.join("progress.sqlite"),
            decks: folder.join("decks"),
            backups: folder.join("backups"),
            settings: folder.join("config.toml"),
            home: None,
            temporary: folder.to_owned(),
        }
    }
}

/// A full path, so that messages and the index name the same file wherever prep is started.
fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// The user's time zone, in the form in which it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LocalZone {
    /// The bytes of a TZif file.
    Tzif(Vec<u8>),
    /// A POSIX string such as `KST-9`.
    Posix(String),
    /// Nothing was found; UTC holds.
    Unknown,
}

/// Finds the time zone from `TZ` or `/etc/localtime`; reads at most one file and lists no folder.
pub fn local_zone(environment: &Environment) -> LocalZone {
    let (localtime, zones) = (Path::new("/etc/localtime"), Path::new("/usr/share/zoneinfo"));
    local_zone_in(environment.time_zone.as_deref(), localtime, zones)
}

fn local_zone_in(time_zone: Option<&str>, localtime: &Path, zones: &Path) -> LocalZone {
    let Some(text) = time_zone else {
        return read_tzif(localtime).map_or(LocalZone::Unknown, LocalZone::Tzif);
    };
    let name = Path::new(text.strip_prefix(':').unwrap_or(text));
    let steps_out = name.components().any(|part| part == Component::ParentDir);
    // An absolute name replaces the folder when joined.
    let file = zones.join(name);
    if name.as_os_str().is_empty() || steps_out || !file.starts_with(zones) {
        return posix(text);
    }
    read_tzif(&file).map_or_else(|| posix(text), LocalZone::Tzif)
}

fn posix(text: &str) -> LocalZone {
    if text.is_empty() || text.starts_with(':') {
        return LocalZone::Unknown;
    }
    LocalZone::Posix(text.to_owned())
}

fn read_tzif(path: &Path) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path).ok()?.take(1 << 20).read_to_end(&mut bytes).ok()?;
    bytes.starts_with(b"TZif").then_some(bytes)
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::{Environment, LocalZone, Paths, local_zone_in};
    use crate::domain::lang::Lang;
    use crate::domain::time::Timestamp;

    fn environment(variables: &[(&str, &str)]) -> Environment {
        Environment::from_variables(|wanted| {
            let found = variables.iter().find(|(name, _)| *name == wanted);
            found.map(|(_, value)| OsString::from(value))
        })
    }

    #[test]
    fn the_given_folders_hold_every_file() {
        let there = environment(&[("PREP_DATA_DIR", "/d"), ("PREP_CONFIG_DIR", "/c")]);
        let paths = Paths::find(&there).unwrap();
        assert_eq!(paths.database, Path::new("/d/progress.sqlite"));
        assert_eq!(paths.decks, Path::new("/d/decks"));
        assert_eq!(paths.settings, Path::new("/c/config.toml"));
    }

    #[test]
    fn a_relative_folder_becomes_a_full_path() {
        let there = environment(&[("PREP_DATA_DIR", "d"), ("PREP_CONFIG_DIR", "c")]);
        assert!(Paths::find(&there).unwrap().database.is_absolute());
    }

    #[test]
    fn empty_variables_count_as_unset() {
        let empty = [("PREP_DATA_DIR", ""), ("NO_COLOR", ""), ("PREP_LANG", ""), ("EDITOR", "")];
        assert_eq!(environment(&empty), Environment::default());
        assert!(environment(&[("PREP_NO_COLOR", "1")]).no_color);
    }

    #[test]
    fn deck_folders_are_a_list_of_paths() {
        let list = std::env::join_paths(["/a", "/b c"]).unwrap();
        let decks = environment(&[("PREP_DECKS", list.to_str().unwrap())]).decks;
        assert_eq!(decks, Some(vec![PathBuf::from("/a"), PathBuf::from("/b c")]));
    }

    #[test]
    fn the_stronger_locale_chooses_the_language() {
        let both = environment(&[("LANG", "en_US.UTF-8"), ("LC_ALL", "ko_KR.UTF-8")]);
        assert_eq!(both.system_lang(), Lang::Ko);
        assert_eq!(environment(&[]).system_lang(), Lang::En);
    }

    #[test]
    fn plain_terminals_and_locales_get_ascii() {
        assert!(environment(&[("TERM", "xterm"), ("LANG", "ko_KR.utf8")]).shows_unicode());
        assert!(!environment(&[("TERM", "linux"), ("LANG", "ko_KR.utf8")]).shows_unicode());
        assert!(!environment(&[("TERM", "xterm"), ("LANG", "C")]).shows_unicode());
    }

    #[test]
    fn now_is_a_number_or_a_date() {
        let now = |text| environment(&[("PREP_NOW", text)]).now();
        assert_eq!(now("1795374000000").unwrap(), Some(Timestamp(1_795_374_000_000)));
        assert_eq!(now("2026-11-23T04:00:00+09:00").unwrap(), Some(Timestamp(1_795_374_000_000)));
        assert!(now("tomorrow").unwrap_err().to_string().contains("tomorrow"));
    }

    #[test]
    fn the_time_zone_is_found_by_name_file_or_rule() {
        let folder = tempfile::tempdir().unwrap();
        let zones = folder.path().join("zoneinfo");
        fs::create_dir_all(zones.join("Asia")).unwrap();
        fs::write(zones.join("Asia/Seoul"), b"TZif seoul").unwrap();
        let localtime = folder.path().join("localtime");
        let find = |zone| local_zone_in(zone, &localtime, &zones);

        let seoul = LocalZone::Tzif(b"TZif seoul".to_vec());
        assert_eq!(find(Some("Asia/Seoul")), seoul);
        assert_eq!(find(Some(":Asia/Seoul")), seoul);
        let full = zones.join("Asia/Seoul");
        assert_eq!(find(full.to_str()), seoul);
        assert_eq!(find(Some("KST-9")), LocalZone::Posix("KST-9".into()));
        assert_eq!(find(Some("")), LocalZone::Unknown);
        assert_eq!(find(None), LocalZone::Unknown);
        fs::write(&localtime, b"TZif local").unwrap();
        assert_eq!(find(None), LocalZone::Tzif(b"TZif local".to_vec()));
        assert_eq!(find(Some(":../localtime")), LocalZone::Unknown);
    }
}
