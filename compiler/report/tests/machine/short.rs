use prism_report::short;

use crate::sample::{any_files, checked, sample, steers_a_terminal};

#[test]
fn a_line_for_each_and_a_summary() {
    insta::assert_snapshot!(short(&checked(&sample())), @r"
    patterns/a.prism:2:9: error[P0201] `grösse` is not declared
    patterns/a.prism:3:1: warning[P0701] nothing reads `c`
    patterns/a.prism:1:1: hint[P0118] write `{}` for it
    b.prism:1:1: error[P0001] there is no file `b.prism`
    checked 2 files: 2 errors, 1 warning, 1 hint
    ");
    assert_eq!(short(&[]), "checked 0 files: no problems\n");
}

proptest::proptest! {
    #[test]
    fn hostile_files_make_no_more_lines(files in any_files()) {
        let text = short(&checked(&files));
        let diagnostics: usize = files.iter().map(|file| file.diagnostics.len()).sum();
        proptest::prop_assert_eq!(text.matches('\n').count(), diagnostics + 1);
        proptest::prop_assert!(!steers_a_terminal(&text), "{:?}", text);
    }
}
