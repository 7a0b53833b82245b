//! Levels that differ from those of the catalog.
#![allow(clippy::unwrap_used)]

use prism_compiler::{FileReport, Level, LevelError, Levels, Session, Setting};

/// A file with a warning and a hint.
fn report() -> FileReport {
    let mut session = Session::in_memory();
    let text = "fn f() {\n  let a = 1\n  return 2\n}\npattern p {\n  steps {\n    return 1\n  }\n}\n";
    session.set_text("a.prism", text);
    let mut report = session.check("a.prism");
    // The only construct with a hint is one that is read and not yet checked.
    report.diagnostics.retain(|diagnostic| diagnostic.code != "P0123");
    report
}

fn levels(report: &FileReport) -> Vec<(&str, Level)> {
    report.diagnostics.iter().map(|found| (found.code.as_str(), found.level)).collect()
}

#[test]
fn settings_hide_raise_and_make_errors() {
    let plain = report();
    assert_eq!(levels(&plain), [("P0701", Level::Warning), ("P0118", Level::Hint)]);
    for (name, setting, wanted) in [
        ("unused-variable", Setting::Allow, vec![("P0118", Level::Hint)]),
        ("P0701", Setting::Warn, vec![("P0701", Level::Warning), ("P0118", Level::Hint)]),
        ("p0701", Setting::Deny, vec![("P0701", Level::Error), ("P0118", Level::Hint)]),
        ("Old-Form", Setting::Warn, vec![("P0701", Level::Warning), ("P0118", Level::Warning)]),
    ] {
        let mut set = Levels::default();
        set.set(name, setting).unwrap();
        let mut report = report();
        set.apply(&mut report);
        assert_eq!(levels(&report), wanted, "{name}");
        assert_eq!(set.fails(&report), setting == Setting::Deny, "{name}");
    }
}

#[test]
fn warnings_can_fail_a_file_and_stay_warnings() {
    let mut set = Levels::default();
    set.deny_warnings();
    let mut report = report();
    set.apply(&mut report);
    assert!(set.fails(&report));
    assert_eq!(levels(&report), [("P0701", Level::Warning), ("P0118", Level::Hint)]);
    set.set("P0701", Setting::Allow).unwrap();
    set.apply(&mut report);
    assert!(!set.fails(&report));
}

#[test]
fn errors_of_the_language_stay_errors() {
    let mut set = Levels::default();
    for setting in [Setting::Allow, Setting::Warn] {
        let refused = set.set("ungated-use", setting);
        assert!(matches!(refused, Err(LevelError::StopsCompilation { .. })), "{refused:?}");
    }
    let words = set.set("P0401", Setting::Allow).unwrap_err().to_string();
    assert_eq!(words, "P0401 (ungated-use) cannot be allowed: a file with it does not compile");
    set.set("ungated-use", Setting::Deny).unwrap();
    let unknown = set.set("P9999", Setting::Deny);
    assert_eq!(unknown, Err(LevelError::Unknown { name: "P9999".to_owned() }));
}
