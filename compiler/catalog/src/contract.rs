use crate::table::named_table;

named_table! {
    /// Keys of an agent contract besides its methods.
    pub enum ContractKey {
        /// What an agent must be able to do: a list of strings, all of them wanted.
        Capabilities = "capabilities",
        /// The longest that one call may take.
        Timeout = "timeout",
        /// What one call costs, as money.
        Cost = "cost",
        /// Whether a call may be repeated after an internal error of the agent.
        Idempotent = "idempotent",
        /// The domain under which answers are calibrated.
        Domain = "domain",
        /// The confidence that the agents promise, in [0, 1].
        Confidence = "confidence",
        /// Kinds of data that the agents may be sent, such as `"secret"`.
        Accepts = "accepts",
        /// How many calls one agent takes at a time.
        MaxConcurrency = "max_concurrency",
        /// The version of the contract.
        Version = "version",
    }
}

impl ContractKey {
    /// Whether this version of Prism acts on the key. A key that is taken down and then ignored in silence would be
    /// worse than one that is refused.
    pub const fn has_effect(self) -> bool {
        match self {
            Self::Capabilities | Self::Timeout | Self::Cost | Self::Version => true,
            Self::Idempotent | Self::Domain | Self::Confidence | Self::Accepts | Self::MaxConcurrency => {
                false
            }
        }
    }
}
