//! The same frames as a stream of server-sent events, for networks that let no websocket through.
//! Commands then go over REST. A stream ends where a socket would be closed; the reader asks again
//! with its last sequence number.

use std::{collections::VecDeque, convert::Infallible, sync::Arc};

use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::{Stream, stream};

use super::{
    Exercise, ended,
    hub::{Connection, Hello},
    outbox::Outbox,
    socket::FrameText,
};
use crate::account::Watch;

/// A reader that listens until the stream is dropped.
struct Listener {
    exercise: Arc<Exercise>,
    connection: Connection,
    outbox: Arc<Outbox>,
    waiting: VecDeque<FrameText>,
    /// Over the session that it rests on, if it rests on one.
    watch: Option<Watch>,
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.exercise.hub.disconnect(&self.connection);
    }
}

/// Opens the stream; none without a role in the exercise.
pub(super) fn listen(
    exercise: &Arc<Exercise>,
    hello: &Hello,
    watch: Option<Watch>,
) -> Option<Sse<impl Stream<Item = Result<Event, Infallible>> + use<>>> {
    let outbox = Arc::new(Outbox::default());
    let connection = exercise.hub.connect(hello, &outbox, exercise.clock.now())?;
    let listener = Listener { exercise: Arc::clone(exercise), connection, outbox, waiting: VecDeque::new(), watch };
    let frames = stream::unfold(listener, |mut listener| async move {
        let frame = listener.next().await?;
        Some((Ok(Event::default().data(frame.as_str())), listener))
    });
    Some(Sse::new(frames).keep_alive(KeepAlive::default()))
}

impl Listener {
    async fn next(&mut self) -> Option<FrameText> {
        while self.waiting.is_empty() {
            tokio::select! {
                taken = self.outbox.take() => self.waiting = taken?,
                () = self.exercise.stop.cancelled() => return None,
                () = ended(self.watch.as_ref()) => return None,
            }
        }
        self.waiting.pop_front()
    }
}
