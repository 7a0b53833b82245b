use prism_catalog::DiagnosticCode;

macro_rules! pages {
    ( $( $row:ident = $code:literal ; )+ ) => {
        /// The page about a diagnostic, in Markdown: what is wrong and why, an example that gives it, and one that does
        /// not. It is the text of `docs/errors`.
        ///
        /// ```
        /// use prism_catalog::DiagnosticCode;
        ///
        /// assert!(prism_report::page(DiagnosticCode::UngatedUse).starts_with("# P0401 ungated-use\n"));
        /// ```
        pub const fn page(code: DiagnosticCode) -> &'static str {
            match code {
                $( DiagnosticCode::$row => include_str!(concat!("../../../docs/errors/", $code, ".md")), )+
            }
        }
    };
}

// A row of the catalog that is missing here, and a page that is missing there, do not compile.
pages! {
    MissingPath = "P0001";
    UnreadableFile = "P0002";
    NotText = "P0003";
    NoPrismFiles = "P0004";
    FileTooLarge = "P0005";
    NoPattern = "P0006";
    UnknownPattern = "P0007";
    UnexpectedCharacter = "P0101";
    UnterminatedString = "P0102";
    UnterminatedComment = "P0103";
    UnknownEscape = "P0104";
    MalformedNumber = "P0105";
    UnexpectedToken = "P0106";
    UnclosedBracket = "P0107";
    UnmatchedBracket = "P0108";
    TooDeep = "P0109";
    NotSupported = "P0110";
    ChainedComparison = "P0111";
    AmbiguousPower = "P0112";
    MisplacedSection = "P0113";
    TooManyProblems = "P0114";
    InvalidPlace = "P0115";
    SwitchStatement = "P0116";
    UncertainWithoutBands = "P0117";
    OldForm = "P0118";
    MisplacedDeclaration = "P0119";
    UnknownFrontMatter = "P0120";
    MalformedFrontMatter = "P0121";
    DuplicateFrontMatter = "P0122";
    NotYetChecked = "P0123";
    NotYetRun = "P0124";
    UnknownName = "P0201";
    DuplicateName = "P0202";
    UnknownType = "P0203";
    UnknownMember = "P0204";
    UnknownContractKey = "P0205";
    UnknownBudgetKey = "P0206";
    UnknownConstraint = "P0207";
    RecursiveType = "P0208";
    OutsidePattern = "P0209";
    UseBeforeDeclaration = "P0210";
    TypeMismatch = "P0301";
    UnknownArgument = "P0302";
    MissingArgument = "P0303";
    TooManyArguments = "P0304";
    DuplicateArgument = "P0305";
    NotCallable = "P0306";
    MissingField = "P0307";
    UnknownField = "P0308";
    InvalidOperand = "P0309";
    MissingReturn = "P0310";
    InvalidContractValue = "P0311";
    UnknownLiteral = "P0312";
    MissingBlock = "P0313";
    EffectInFunction = "P0314";
    EffectOutsideBranch = "P0315";
    RecursiveCall = "P0316";
    MaybeNull = "P0317";
    InvalidDefault = "P0318";
    EmptyRange = "P0319";
    UngatedUse = "P0401";
    UncertainCondition = "P0402";
    ThresholdRange = "P0403";
    BandOrder = "P0404";
    MissingBand = "P0405";
    DuplicateBand = "P0406";
    RedundantGate = "P0407";
    CertainBands = "P0408";
    UnboundedSelect = "P0501";
    InvalidBudget = "P0502";
    UnusedVariable = "P0701";
    NoEffect = "P0702";
    UnusedSuppression = "P0703";
    InvalidSuppression = "P0704";
    InternalError = "P0901";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_diagnostic_has_its_own_page() {
        for code in DiagnosticCode::ALL {
            let title = format!("# {} {}\n", code.code(), code.slug());
            assert!(page(*code).starts_with(&title), "{title}");
        }
    }
}
