use prism_catalog::FailureCode;
use prism_ports::{Failure, Outcome};

/// What a program that runs a pattern for somebody exits with.
///
/// | code | meaning | failures |
/// |---|---|---|
/// | 0 | the pattern completed | |
/// | 1 | the pattern failed | every failure that is not listed here |
/// | 2 | wrong usage, or a path that is not there | |
/// | 3 | the program did not compile | `ir/invalid` |
/// | 4 | the input was refused | `input/mismatch` |
/// | 5 | there are not enough agents | `agents/none`, `agents/file`, `select/too-few`; `agent/died` before the run |
/// | 6 | the result is less sure than the pattern promises | `confidence/below-promise` |
/// | 7 | the run was cancelled | `run/cancelled` |
/// | 8 | the time was up | `run/timeout`, `budget/time` |
/// | 9 | the run waits for somebody | |
/// | 70 | a bug in Prism | `internal` |
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum ExitCode {
    /// The pattern completed.
    Completed = 0,
    /// The pattern failed.
    Failed = 1,
    /// Wrong usage, or a path that is not there.
    Usage = 2,
    /// The program did not compile.
    NotCompiled = 3,
    /// The input was refused.
    InputRefused = 4,
    /// There are not enough agents.
    NoAgents = 5,
    /// The result is less sure than the pattern promises.
    BelowPromise = 6,
    /// The run was cancelled.
    Cancelled = 7,
    /// The time was up.
    TimedOut = 8,
    /// The run waits for somebody.
    Waiting = 9,
    /// A bug in Prism.
    Internal = 70,
}

/// The exit code for the end of a run.
pub fn exit_code(outcome: &Outcome) -> ExitCode {
    match outcome {
        Outcome::Completed { .. } => ExitCode::Completed,
        Outcome::Failed { failure, .. } => ExitCode::of_failure(failure),
    }
}

impl ExitCode {
    /// The exit code for a failure of a run, or of what comes before it.
    pub fn of_failure(failure: &Failure) -> Self {
        let Some(code) = failure.known_code() else { return Self::Failed };
        match code {
            FailureCode::IrInvalid => Self::NotCompiled,
            FailureCode::InputMismatch => Self::InputRefused,
            FailureCode::AgentsNone | FailureCode::AgentsFile | FailureCode::SelectTooFew => Self::NoAgents,
            // One that dies while a pattern runs makes a node of it fail.
            FailureCode::AgentDied if failure.node.is_none() => Self::NoAgents,
            FailureCode::ConfidenceBelowPromise => Self::BelowPromise,
            FailureCode::RunCancelled => Self::Cancelled,
            FailureCode::RunTimeout | FailureCode::BudgetTime => Self::TimedOut,
            FailureCode::Internal => Self::Internal,
            FailureCode::AgentTimeout
            | FailureCode::AgentUnavailable
            | FailureCode::AgentError
            | FailureCode::AgentRefused
            | FailureCode::AgentOverloaded
            | FailureCode::AgentMalformedAnswer
            | FailureCode::AgentDied
            | FailureCode::AgentCancelled
            | FailureCode::ContractMismatch
            | FailureCode::BudgetCalls
            | FailureCode::BudgetCost
            | FailureCode::ParallelTooFew
            | FailureCode::ParallelTimeout
            | FailureCode::PoolEmpty
            | FailureCode::VoteUndecided
            | FailureCode::PatternFailed
            | FailureCode::ValueType
            | FailureCode::ValueDivisionByZero
            | FailureCode::ValueNotFinite
            | FailureCode::ValueRange
            | FailureCode::ValueFuel
            | FailureCode::ValueDepth
            | FailureCode::ValueSize
            | FailureCode::OutputMismatch => Self::Failed,
        }
    }

    /// The number.
    pub const fn code(self) -> u8 {
        self as u8
    }
}

impl From<ExitCode> for std::process::ExitCode {
    fn from(code: ExitCode) -> Self {
        Self::from(code.code())
    }
}

#[cfg(test)]
mod tests {
    use prism_ports::RunReport;

    use super::*;

    fn number(failure: Failure) -> u8 {
        exit_code(&Outcome::Failed { failure, report: RunReport::default() }).code()
    }

    #[test]
    fn failures_have_their_numbers() {
        let expected = [
            (FailureCode::PatternFailed, 1),
            (FailureCode::AgentTimeout, 1),
            (FailureCode::BudgetCost, 1),
            (FailureCode::OutputMismatch, 1),
            (FailureCode::IrInvalid, 3),
            (FailureCode::InputMismatch, 4),
            (FailureCode::AgentsNone, 5),
            (FailureCode::AgentsFile, 5),
            (FailureCode::SelectTooFew, 5),
            (FailureCode::ConfidenceBelowPromise, 6),
            (FailureCode::RunCancelled, 7),
            (FailureCode::RunTimeout, 8),
            (FailureCode::BudgetTime, 8),
            (FailureCode::Internal, 70),
        ];
        for (code, exit) in expected {
            assert_eq!(number(Failure::new(code, "")), exit, "{}", code.name());
        }
        assert_eq!(exit_code(&Outcome::Completed { report: RunReport::default() }).code(), 0);
    }

    #[test]
    fn an_agent_that_dies_counts_by_when() {
        let died = || Failure::new(FailureCode::AgentDied, "");
        assert_eq!(number(died()), 5);
        assert_eq!(number(died().at("triage/classify")), 1);
    }

    #[test]
    fn codes_that_nobody_knows_are_failures_of_the_pattern() {
        let failure = Failure { code: "my/own".to_owned(), ..Failure::new(FailureCode::Internal, "") };
        assert_eq!(number(failure), 1);
    }
}
