use crate::table::named_table;

named_table! {
    /// Stable codes of what can go wrong while a pattern runs.
    pub enum FailureCode {
        /// The agent did not answer before its deadline.
        AgentTimeout = "agent/timeout",
        /// The agent cannot be reached.
        AgentUnavailable = "agent/unavailable",
        /// The agent said that it failed.
        AgentError = "agent/error",
        /// The agent refused the request as it stands.
        AgentRefused = "agent/refused",
        /// The agent is out of capacity.
        AgentOverloaded = "agent/overloaded",
        /// The agent's answer is not JSON.
        AgentMalformedAnswer = "agent/malformed-answer",
        /// A started agent process ended or never registered.
        AgentDied = "agent/died",
        /// The call was cancelled.
        AgentCancelled = "agent/cancelled",
        /// An answer does not fit the contract.
        ContractMismatch = "contract/mismatch",
        /// One call more than the budget allows.
        BudgetCalls = "budget/calls",
        /// The next call could cost more than the budget allows.
        BudgetCost = "budget/cost",
        /// The budget's time has passed.
        BudgetTime = "budget/time",
        /// Fewer agents than wanted.
        SelectTooFew = "select/too-few",
        /// Fewer branches ended well than wanted.
        ParallelTooFew = "parallel/too-few",
        /// Branches did not end in time.
        ParallelTimeout = "parallel/timeout",
        /// There is no answer to combine.
        PoolEmpty = "pool/empty",
        /// A vote did not settle on one answer.
        VoteUndecided = "vote/undecided",
        /// The pattern called `fail`.
        PatternFailed = "pattern/failed",
        /// An operator met a value that it cannot work on.
        ValueType = "value/type",
        /// A division by zero.
        ValueDivisionByZero = "value/division-by-zero",
        /// A number that is infinite or undefined.
        ValueNotFinite = "value/not-finite",
        /// A value outside the range that is allowed.
        ValueRange = "value/range",
        /// Pure code used up its steps.
        ValueFuel = "value/fuel",
        /// Pure code nested too deeply.
        ValueDepth = "value/depth",
        /// A list or text grew over its limit.
        ValueSize = "value/size",
        /// The input does not fit the pattern.
        InputMismatch = "input/mismatch",
        /// The result does not fit the pattern's output.
        OutputMismatch = "output/mismatch",
        /// The result is less sure than the pattern promises.
        ConfidenceBelowPromise = "confidence/below-promise",
        /// The run was cancelled.
        RunCancelled = "run/cancelled",
        /// The run took longer than it was given.
        RunTimeout = "run/timeout",
        /// No agent is known.
        AgentsNone = "agents/none",
        /// The list of agents cannot be used.
        AgentsFile = "agents/file",
        /// The IR cannot be used.
        IrInvalid = "ir/invalid",
        /// A bug in Prism.
        Internal = "internal",
    }
}

impl FailureCode {
    /// Whether the same call may go well a moment later.
    pub const fn is_retryable(self) -> bool {
        matches!(
            self,
            Self::AgentTimeout | Self::AgentUnavailable | Self::AgentOverloaded | Self::AgentCancelled
        )
    }
}
