use std::io::Read;

use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::oneshot;

use super::error::ServeError;

/// A future that ends when the process should: at SIGTERM, SIGINT, and, if wanted, at the end of the standard input.
///
/// Signals are caught from the call on, not only once the future is polled.
///
/// # Errors
/// [`ServeError::Signals`] when the system does not let us wait for signals.
pub fn stop_requested(stdin_guard: bool) -> Result<impl Future<Output = ()>, ServeError> {
    let mut terminate = signal(SignalKind::terminate()).map_err(ServeError::Signals)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(ServeError::Signals)?;
    let (ended, input_ended) = oneshot::channel();
    if stdin_guard {
        // A thread of its own, since reading cannot be cancelled and would keep a runtime from ending.
        std::thread::spawn(move || {
            let mut buffer = [0_u8; 256];
            while matches!(std::io::stdin().lock().read(&mut buffer), Ok(1..)) {}
            let _ = ended.send(());
        });
    }
    Ok(async move {
        let input_ended = async {
            if !stdin_guard || input_ended.await.is_err() {
                std::future::pending::<()>().await;
            }
        };
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
            () = input_ended => {}
        }
    })
}
