//! Both sides of every comparison do the same work: as many calls, counted by the agent, and the same answers.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use prism_bench::agent_process::AgentProcess;
use prism_bench::comparisons::ROWS;
use prism_bench::pairs::Effort;

#[test]
fn both_sides_do_the_same() {
    let tokio = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let agent = AgentProcess::start(Path::new(env!("CARGO_BIN_EXE_bench-agent")), None).unwrap();
    let answered = || tokio.block_on(agent.answered()).unwrap();
    for row in ROWS {
        let prepared = tokio.block_on(async { row.prepare(agent.address()) }).unwrap();

        let at_the_agent = if row.reaches_the_agent() { u64::from(row.calls) } else { 0 };

        let start = answered();
        let subject = tokio.block_on(prepared.run_subject()).unwrap();
        assert_eq!(subject.calls, row.calls, "{}", row.name);
        assert_eq!(answered() - start, at_the_agent, "{}: the subject", row.name);

        let start = answered();
        let reference = tokio.block_on(prepared.run_reference()).unwrap();
        assert_eq!(reference.calls, row.calls, "{}", row.name);
        assert_eq!(answered() - start, at_the_agent, "{}: the reference", row.name);

        if prepared.has_equal_sides() {
            assert!(subject.agrees_with(&reference), "{}: {subject:?}, {reference:?}", row.name);
            assert!(subject.confidence.is_some());
        }

        let start = answered();
        let comparison = prepared.compare(&tokio, &Effort::least()).unwrap();
        let (subject, reference) = (comparison.subject.iterations, comparison.reference.iterations);
        assert!(subject == reference && subject >= 4, "{comparison:?}");
        let calls = (subject + reference) * u64::from(row.at_once) * at_the_agent;
        assert_eq!(answered() - start, calls, "{}: what was measured", row.name);
        assert!(comparison.subject.wall_us > 0.0 && comparison.wall.median > 0.0, "{comparison:?}");
    }
}

#[test]
fn an_agent_that_does_not_start_is_an_error() {
    let error = AgentProcess::start(Path::new("true"), None).unwrap_err();
    assert!(error.to_string().contains("instead of its address"), "{error}");
}
