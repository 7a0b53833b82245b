//! Events on their way to those who watch.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use futures_util::{Stream, StreamExt};
use prism_ports::{Event, EventKind, Key};

/// The events of one run, in order. It ends after the last one.
///
/// Events that were dropped because they were not taken in time are stood for by one event of kind `gap`: its `seq`
/// is that of the first one dropped, and its data are `{ "dropped": 3, "first_seq": 4, "last_seq": 6 }`.
#[derive(Debug)]
pub struct EventStream {
    shared: Arc<Shared>,
}

/// The run's end of an [`EventStream`], which ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Subscriber {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    capacity: usize,
    queue: Mutex<Queue>,
}

#[derive(Debug, Default)]
struct Queue {
    events: VecDeque<Event>,
    /// What was dropped; all of it came before the first event of the queue.
    gap: Option<Gap>,
    waker: Option<Waker>,
    /// No event comes any more.
    closed: bool,
    /// Nobody takes events any more.
    abandoned: bool,
}

#[derive(Debug)]
struct Gap {
    first: Event,
    last_seq: u64,
    dropped: u64,
}

/// A queue for so many events, at least one.
pub(crate) fn channel(capacity: usize) -> (Subscriber, EventStream) {
    let shared = Arc::new(Shared { capacity: capacity.max(1), queue: Mutex::default() });
    (Subscriber { shared: Arc::clone(&shared) }, EventStream { shared })
}

impl Shared {
    // Nothing that runs under the lock panics half-way through a change.
    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Subscriber {
    /// Hands an event over without waiting; false when nobody will ever take it.
    pub(crate) fn push(&self, event: Event) -> bool {
        let mut queue = self.shared.queue();
        if queue.abandoned {
            return false;
        }
        if queue.events.len() >= self.shared.capacity
            && let Some(oldest) = queue.events.pop_front()
        {
            match &mut queue.gap {
                Some(gap) => {
                    gap.last_seq = oldest.seq;
                    gap.dropped += 1;
                }
                None => queue.gap = Some(Gap { last_seq: oldest.seq, first: oldest, dropped: 1 }),
            }
        }
        queue.events.push_back(event);
        let waker = queue.waker.take();
        drop(queue);
        if let Some(waker) = waker {
            waker.wake();
        }
        true
    }
}

impl Drop for Subscriber {
    fn drop(&mut self) {
        let mut queue = self.shared.queue();
        queue.closed = true;
        let waker = queue.waker.take();
        drop(queue);
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

impl EventStream {
    /// The next event; none after the last one.
    pub async fn next(&mut self) -> Option<Event> {
        StreamExt::next(self).await
    }
}

impl Stream for EventStream {
    type Item = Event;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Event>> {
        let mut queue = self.shared.queue();
        let next = match queue.gap.take() {
            Some(gap) => Some(gap.into_event()),
            None => queue.events.pop_front(),
        };
        if next.is_some() || queue.closed {
            return Poll::Ready(next);
        }
        queue.waker = Some(context.waker().clone());
        Poll::Pending
    }
}

impl Drop for EventStream {
    fn drop(&mut self) {
        let mut queue = self.shared.queue();
        queue.abandoned = true;
        queue.events.clear();
        queue.gap = None;
    }
}

impl Gap {
    fn into_event(self) -> Event {
        let first_seq = self.first.seq;
        Event {
            kind: EventKind::Gap,
            record_seq: None,
            node: None,
            key: Key::default(),
            attempt: 0,
            data: serde_json::json!({
                "dropped": self.dropped,
                "first_seq": first_seq,
                "last_seq": self.last_seq,
            }),
            ..self.first
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;
    use prism_ports::{Json, RunId};

    use super::*;

    fn event(seq: u64) -> Event {
        Event {
            v: 1,
            run: RunId::from("r"),
            seq,
            record_seq: Some(seq),
            node: Some("p".into()),
            key: Key::default(),
            attempt: 0,
            time_us: 10 * seq,
            kind: EventKind::Warning,
            data: Json::Null,
        }
    }

    fn take(stream: &mut EventStream) -> Option<Event> {
        stream.next().now_or_never().flatten()
    }

    #[test]
    fn what_is_not_taken_in_time_becomes_a_gap() {
        let (subscriber, mut stream) = channel(2);
        for seq in 0..5 {
            assert!(subscriber.push(event(seq)));
        }
        let gap = take(&mut stream).unwrap();
        assert_eq!((gap.kind, gap.seq, gap.time_us), (EventKind::Gap, 0, 0));
        assert_eq!((gap.node, gap.record_seq), (None, None));
        assert_eq!(gap.data, serde_json::json!({ "dropped": 3, "first_seq": 0, "last_seq": 2 }));
        assert_eq!(take(&mut stream), Some(event(3)));
        assert!(subscriber.push(event(5)));
        assert_eq!((take(&mut stream), take(&mut stream)), (Some(event(4)), Some(event(5))));
        assert_eq!(take(&mut stream), None);
    }

    #[tokio::test]
    async fn the_stream_ends_with_its_run() {
        let (subscriber, mut stream) = channel(0);
        let reader = tokio::spawn(async move {
            let mut seen = Vec::new();
            while let Some(event) = stream.next().await {
                seen.push(event.seq);
            }
            seen
        });
        tokio::task::yield_now().await;
        subscriber.push(event(7));
        drop(subscriber);
        assert_eq!(reader.await.unwrap(), [7]);
    }

    #[test]
    fn nobody_keeps_events_that_nobody_takes() {
        let (subscriber, stream) = channel(8);
        assert!(subscriber.push(event(0)));
        drop(stream);
        assert!(!subscriber.push(event(1)));
        assert!(subscriber.shared.queue().events.is_empty());
    }
}
