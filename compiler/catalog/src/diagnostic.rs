/// The level at which a diagnostic is reported unless the project says otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DiagnosticLevel {
    /// The file does not compile.
    Error,
    /// Probably a mistake.
    Warning,
    /// Worth knowing.
    Hint,
}

macro_rules! diagnostic_codes {
    ( $( $row:ident = $code:literal $slug:literal $level:ident $title:literal ; )+ ) => {
        /// Every diagnostic that the compiler can report. The title of a row is its documentation.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum DiagnosticCode { $( #[doc = $title] $row ),+ }

        impl DiagnosticCode {
            /// Every row, in the order of the codes.
            pub const ALL: &'static [Self] = &[ $( Self::$row ),+ ];

            /// The stable code, such as `P0201`.
            pub const fn code(self) -> &'static str {
                match self { $( Self::$row => $code ),+ }
            }

            /// The stable readable name, such as `unknown-name`.
            pub const fn slug(self) -> &'static str {
                match self { $( Self::$row => $slug ),+ }
            }

            /// The level unless the project says otherwise.
            pub const fn level(self) -> DiagnosticLevel {
                match self { $( Self::$row => DiagnosticLevel::$level ),+ }
            }

            /// What is wrong, in one sentence without the particulars.
            pub const fn title(self) -> &'static str {
                match self { $( Self::$row => $title ),+ }
            }

            /// The row of a code or slug.
            pub fn find(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|row| row.code().eq_ignore_ascii_case(name) || row.slug() == name)
            }
        }
    };
}

diagnostic_codes! {
    MissingPath = "P0001" "missing-path" Error "A path does not exist.";
    UnreadableFile = "P0002" "unreadable-file" Error "A file cannot be read.";
    NotText = "P0003" "not-text" Error "A file is not text: it holds binary data or bytes that are not UTF-8.";
    NoPrismFiles = "P0004" "no-prism-files" Error "A folder holds no `.prism` file.";
    FileTooLarge = "P0005" "file-too-large" Error "A file is larger than the compiler takes.";
    NoPattern = "P0006" "no-pattern" Error "A file without a pattern cannot be run.";
    UnknownPattern = "P0007" "unknown-pattern" Error "A file has no pattern of the name that was asked for, or several and none was asked for.";

    UnexpectedCharacter = "P0101" "unexpected-character" Error "A character that means nothing in Prism.";
    UnterminatedString = "P0102" "unterminated-string" Error "A string that is not closed.";
    UnterminatedComment = "P0103" "unterminated-comment" Error "A comment that is not closed.";
    UnknownEscape = "P0104" "unknown-escape" Error "A backslash before a character that needs none.";
    MalformedNumber = "P0105" "malformed-number" Error "A number, duration or sum of money that is not spelled right.";
    UnexpectedToken = "P0106" "unexpected-token" Error "Something else was expected here.";
    UnclosedBracket = "P0107" "unclosed-bracket" Error "A bracket that is not closed.";
    UnmatchedBracket = "P0108" "unmatched-bracket" Error "A closing bracket without an opening one, or of another kind.";
    TooDeep = "P0109" "too-deep" Error "Code that is nested too deeply.";
    NotSupported = "P0110" "not-supported" Error "A construct that Prism does not have.";
    ChainedComparison = "P0111" "chained-comparison" Error "Comparisons do not chain.";
    AmbiguousPower = "P0112" "ambiguous-power" Error "A sign before the left operand of `**` needs parentheses.";
    MisplacedSection = "P0113" "misplaced-section" Error "A section that comes too late or twice in its pattern.";
    TooManyProblems = "P0114" "too-many-problems" Error "More mistakes than are shown.";
    InvalidPlace = "P0115" "invalid-place" Error "Something is assigned to that is no variable or part of one.";
    SwitchStatement = "P0116" "switch-statement" Warning "`switch` is read as a `match`.";
    UncertainWithoutBands = "P0117" "uncertain-without-bands" Warning "`uncertain if` without bands is read as an `if`.";
    OldForm = "P0118" "old-form" Hint "A form of earlier scripts that has a plainer spelling.";
    MisplacedDeclaration = "P0119" "misplaced-declaration" Error "A declaration where none can stand.";
    UnknownFrontMatter = "P0120" "unknown-front-matter" Warning "A key in the header of a file that headers do not have.";
    MalformedFrontMatter = "P0121" "malformed-front-matter" Warning "A value in the header of a file that is missing or cannot be read.";
    DuplicateFrontMatter = "P0122" "duplicate-front-matter" Warning "A key that the header of a file gives twice.";
    NotYetChecked = "P0123" "not-yet-checked" Warning "A construct that is read, and not yet checked or run by this version.";
    NotYetRun = "P0124" "not-yet-run" Error "Something that cannot be run yet, because of a construct in it or in what it needs.";

    UnknownName = "P0201" "unknown-name" Error "A name that is not declared.";
    DuplicateName = "P0202" "duplicate-name" Error "A name that is declared twice in one scope.";
    UnknownType = "P0203" "unknown-type" Error "A type that is not declared.";
    UnknownMember = "P0204" "unknown-member" Error "A field or method that a value does not have.";
    UnknownContractKey = "P0205" "unknown-contract-key" Error "A key that agent contracts do not have.";
    UnknownBudgetKey = "P0206" "unknown-budget-key" Error "A key that budgets do not have.";
    UnknownConstraint = "P0207" "unknown-constraint" Error "A constraint that fields do not have.";
    RecursiveType = "P0208" "recursive-type" Error "A type that consists of nothing but itself.";
    OutsidePattern = "P0209" "outside-pattern" Error "A statement at a place where only declarations may stand.";
    UseBeforeDeclaration = "P0210" "use-before-declaration" Error "A name that is used before it has a value.";

    TypeMismatch = "P0301" "type-mismatch" Error "A value of one type where another is wanted.";
    UnknownArgument = "P0302" "unknown-argument" Error "An argument name that the callee does not have.";
    MissingArgument = "P0303" "missing-argument" Error "An argument that the callee needs is missing.";
    TooManyArguments = "P0304" "too-many-arguments" Error "More arguments than the callee takes.";
    DuplicateArgument = "P0305" "duplicate-argument" Error "An argument that is given twice.";
    NotCallable = "P0306" "not-callable" Error "A call of something that is no function.";
    MissingField = "P0307" "missing-field" Error "A record lacks a field that is wanted.";
    UnknownField = "P0308" "unknown-field" Error "A record has a field that is not wanted.";
    InvalidOperand = "P0309" "invalid-operand" Error "An operator cannot work on values of this type.";
    MissingReturn = "P0310" "missing-return" Error "A pattern can end without giving its output.";
    InvalidContractValue = "P0311" "invalid-contract-value" Error "A contract or budget key has a value of the wrong kind.";
    UnknownLiteral = "P0312" "unknown-literal" Error "A literal that is none of those that are allowed.";
    MissingBlock = "P0313" "missing-block" Error "A primitive needs a block that says what to do with each item.";
    EffectInFunction = "P0314" "effect-in-function" Error "A function that must be pure calls agents.";
    EffectOutsideBranch = "P0315" "effect-outside-branch" Error "A lambda that calls agents stands where it cannot be run.";
    RecursiveCall = "P0316" "recursive-call" Error "A function that calls itself.";
    MaybeNull = "P0317" "maybe-null" Error "A field or method of a value that may be null.";
    InvalidDefault = "P0318" "invalid-default" Error "A default that has no value, or does not fit its field.";
    EmptyRange = "P0319" "empty-range" Error "A lower limit above the upper one.";

    UngatedUse = "P0401" "ungated-use" Error "An uncertain value where a certain one is wanted.";
    UncertainCondition = "P0402" "uncertain-condition" Warning "A condition that may itself be wrong.";
    ThresholdRange = "P0403" "threshold-range" Error "A confidence outside 0 to 1.";
    BandOrder = "P0404" "band-order" Error "Thresholds of bands that are out of order.";
    MissingBand = "P0405" "missing-band" Warning "A band that no branch takes.";
    DuplicateBand = "P0406" "duplicate-band" Error "A band that is given twice.";
    RedundantGate = "P0407" "redundant-gate" Warning "A gate on a value that is certain already.";
    CertainBands = "P0408" "certain-bands" Warning "Bands of confidence over a value that is certain.";

    UnboundedSelect = "P0501" "unbounded-select" Warning "A selection without an upper limit.";
    InvalidBudget = "P0502" "invalid-budget" Error "A limit that is not a positive constant.";

    UnusedVariable = "P0701" "unused-variable" Warning "A variable that nothing reads.";
    NoEffect = "P0702" "no-effect" Warning "Something that this version of Prism reads but does not act on.";
    UnusedSuppression = "P0703" "unused-suppression" Warning "A comment that allows something which is not reported.";
    InvalidSuppression = "P0704" "invalid-suppression" Warning "A comment that is to allow something and cannot be read, or must not.";

    InternalError = "P0901" "internal-error" Error "A mistake in Prism itself.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_slugs_are_unique_and_in_order() {
        let codes: Vec<_> = DiagnosticCode::ALL.iter().map(|row| row.code()).collect();
        let mut sorted = codes.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(codes, sorted);
        let mut slugs: Vec<_> = DiagnosticCode::ALL.iter().map(|row| row.slug()).collect();
        slugs.sort_unstable();
        slugs.dedup();
        assert_eq!(slugs.len(), codes.len());
    }

    #[test]
    fn rows_are_found_by_code_and_slug() {
        assert_eq!(DiagnosticCode::find("p0201"), Some(DiagnosticCode::UnknownName));
        assert_eq!(DiagnosticCode::find("unknown-name"), Some(DiagnosticCode::UnknownName));
        assert_eq!(DiagnosticCode::find("P9999"), None);
    }
}
