//! What a run may spend, and what it has spent.

use prism_catalog::FailureCode;
use prism_ir::Budget;
use prism_ports::Failure;

/// Counts calls and money against the pattern's budget.
///
/// Money is reserved before a call and settled after it, so that calls that run side by side cannot overdraw a
/// budget together. An answer that costs more than was reserved can; then no further call is made.
#[derive(Clone, Debug)]
pub(crate) struct Ledger {
    limits: Budget,
    calls: u32,
    spent: i64,
    reserved: i64,
}

impl Ledger {
    pub(crate) fn new(limits: Budget) -> Self {
        Self { limits, calls: 0, spent: 0, reserved: 0 }
    }

    /// Calls that were started.
    pub(crate) fn calls(&self) -> u32 {
        self.calls
    }

    /// What was spent, in nano-dollars.
    pub(crate) fn spent(&self) -> i64 {
        self.spent
    }

    /// Books a call that is expected to cost `cost` nano-dollars.
    ///
    /// # Errors
    /// `budget/calls` or `budget/cost`, and nothing is booked.
    pub(crate) fn reserve(&mut self, cost: i64) -> Result<(), Failure> {
        if let Some(limit) = self.limits.calls
            && u64::from(self.calls) >= limit
        {
            let calls = counted(limit, "call");
            let message = format!("the budget of {calls} is used up, and one more is needed");
            return Err(Failure::new(FailureCode::BudgetCalls, message));
        }
        if let Some(limit) = self.limits.cost_nanodollars {
            let expected = self.spent.saturating_add(self.reserved).saturating_add(cost);
            if expected > limit || self.spent > limit {
                let message = format!(
                    "a call for {} would exceed the budget of {}: {} is spent, and {} is reserved for calls that are under way",
                    dollars(cost),
                    dollars(limit),
                    dollars(self.spent),
                    dollars(self.reserved),
                );
                return Err(Failure::new(FailureCode::BudgetCost, message));
            }
        }
        self.calls += 1;
        self.reserved = self.reserved.saturating_add(cost);
        Ok(())
    }

    /// Replaces what was reserved for a call by what it cost. Gives a warning when that overdraws the budget.
    pub(crate) fn settle(&mut self, reserved: i64, actual: i64) -> Option<String> {
        self.reserved = self.reserved.saturating_sub(reserved);
        self.spent = self.spent.saturating_add(actual.max(0));
        let limit = self.limits.cost_nanodollars?;
        (self.spent > limit && actual > reserved).then(|| {
            let (spent, limit, actual) = (dollars(self.spent), dollars(limit), dollars(actual));
            format!("the budget of {limit} is overdrawn: a call cost {actual}, and {spent} is spent")
        })
    }
}

/// Nano-dollars as the language writes them.
pub(crate) fn dollars(nanodollars: i64) -> String {
    let sign = if nanodollars < 0 { "-" } else { "" };
    let (whole, fraction) =
        (nanodollars.unsigned_abs() / 1_000_000_000, nanodollars.unsigned_abs() % 1_000_000_000);
    let fraction = format!("{fraction:09}");
    match fraction.trim_end_matches('0') {
        "" => format!("{sign}${whole}"),
        digits => format!("{sign}${whole}.{digits}"),
    }
}

/// A number with its noun: `1 call`, `3 calls`.
pub(crate) fn counted(number: impl Into<u64>, noun: &str) -> String {
    let number = number.into();
    let plural = match (number, noun.strip_suffix("ch")) {
        (1, _) => "",
        (_, Some(_)) => "es",
        _ => "s",
    };
    format!("{number} {noun}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ledger(calls: Option<u64>, cost: Option<i64>) -> Ledger {
        Ledger::new(Budget { calls, cost_nanodollars: cost, time_us: None })
    }

    #[test]
    fn calls_are_limited() {
        let mut ledger = ledger(Some(2), None);
        assert!(ledger.reserve(0).is_ok() && ledger.reserve(0).is_ok());
        assert_eq!(ledger.reserve(0).unwrap_err().code, "budget/calls");
        assert_eq!(ledger.calls(), 2);
    }

    #[test]
    fn reservations_count_until_they_are_settled() {
        let mut ledger = ledger(None, Some(10));
        assert!(ledger.reserve(6).is_ok());
        let failure = ledger.reserve(5).unwrap_err();
        assert_eq!(failure.code, "budget/cost");
        assert!(
            failure.message.contains("$0.000000005 would exceed the budget of $0.00000001"),
            "{}",
            failure.message
        );
        assert_eq!(ledger.settle(6, 4), None);
        assert!(ledger.reserve(6).is_ok());
    }

    #[test]
    fn an_overdraft_is_reported_and_stops_the_next_call() {
        let mut ledger = ledger(None, Some(10));
        assert!(ledger.reserve(5).is_ok());
        assert!(ledger.settle(5, 12).is_some_and(|warning| warning.contains("overdrawn")));
        assert_eq!(ledger.reserve(0).unwrap_err().code, "budget/cost");
    }

    #[test]
    fn money_reads_as_in_the_language() {
        assert_eq!(dollars(2_000_000), "$0.002");
        assert_eq!(dollars(3_000_000_000), "$3");
        assert_eq!(dollars(-50_000_000), "-$0.05");
        assert_eq!(counted(1u64, "branch"), "1 branch");
        assert_eq!(counted(0u64, "branch"), "0 branches");
    }
}
