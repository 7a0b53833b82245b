//! The laws that the fuzz targets look for breaches of, checked on every file of their corpus without a fuzzer.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "../../../fuzz/src/lib.rs"]
#[allow(unreachable_pub, reason = "a library for the fuzz targets, a module here")]
mod laws;

use std::fs;
use std::panic;
use std::path::Path;

/// Both laws hold of the texts of both targets.
#[test]
fn every_text_of_the_corpus_keeps_the_laws() {
    let mut checked = 0;
    let mut broken = Vec::new();
    for target in ["lex", "parse"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(target);
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let Ok(text) = String::from_utf8(fs::read(&path).unwrap()) else { continue };
            let outcome = panic::catch_unwind(|| {
                laws::check_tokens(&text);
                laws::check_tree(&text);
            });
            if outcome.is_err() {
                broken.push(format!("{}: {text:?}", path.display()));
            }
            checked += 1;
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
    assert!(checked >= 100, "only {checked} texts");
}
