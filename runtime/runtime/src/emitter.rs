use std::sync::Arc;

use prism_engine::EventDraft;
use prism_ports::{Clock, Event, EventKind, RunId};

use crate::events::Subscriber;

/// Numbers and dates a run's events, and hands them to those who watch.
pub(crate) struct Emitter {
    run: RunId,
    clock: Arc<dyn Clock>,
    started_us: u64,
    subscribers: Vec<Subscriber>,
    next_seq: u64,
    ended: bool,
}

impl Emitter {
    pub(crate) fn new(run: RunId, clock: Arc<dyn Clock>, subscribers: Vec<Subscriber>) -> Self {
        let started_us = clock.now_us();
        Self { run, clock, started_us, subscribers, next_seq: 0, ended: false }
    }

    /// Microseconds since the run started.
    pub(crate) fn elapsed_us(&self) -> u64 {
        self.clock.now_us().saturating_sub(self.started_us)
    }

    /// Whether anybody watches.
    pub(crate) fn is_watched(&self) -> bool {
        !self.subscribers.is_empty()
    }

    /// Whether the last event was emitted.
    pub(crate) fn has_ended(&self) -> bool {
        self.ended
    }

    /// Tells those who watch, without waiting for any of them.
    pub(crate) fn emit(&mut self, draft: EventDraft, record_seq: Option<u64>) {
        self.ended |= draft.kind == EventKind::RunEnded;
        if !self.is_watched() {
            return;
        }
        let event = Event {
            v: 1,
            run: self.run.clone(),
            seq: self.next_seq,
            record_seq,
            node: draft.node,
            key: draft.key,
            attempt: draft.attempt,
            time_us: self.elapsed_us(),
            kind: draft.kind,
            data: draft.data,
        };
        self.next_seq += 1;
        self.subscribers.retain(|subscriber| subscriber.push(event.clone()));
    }
}
