//! What waits to be written to one connection, bounded in bytes. A reader that is too slow loses
//! its connection, never a frame: it comes back with its last sequence number.

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
};

use tokio::sync::Notify;

use super::socket::FrameText;

/// Most bytes that may wait for one connection beside what it got on arrival.
const LIMIT_BYTES: usize = 1 << 20;

/// Why the server ends a connection, with the close code that tells the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The reader is too slow; it may come back with its last sequence number.
    TooSlow,
    /// The role or the seat was taken away.
    Revoked,
    /// The log was opened anew; the client comes back and starts afresh.
    Renewed,
    /// The server stops.
    Stopping,
    /// Whoever reads the connection has a reason of its own.
    Left,
}

/// Frames on their way to one connection. The hub puts, the socket takes.
#[derive(Debug, Default)]
pub struct Outbox {
    waiting: Mutex<Waiting>,
    changed: Notify,
}

#[derive(Debug, Default)]
struct Waiting {
    frames: VecDeque<FrameText>,
    bytes: usize,
    /// Bytes of what the client gets on arrival, as long as they wait.
    opening: usize,
    /// Rows of the log put since the last `hello`.
    rows: u64,
    /// Whether the other side is to be asked for a sign of life.
    ping: bool,
    ending: Option<Ending>,
}

/// What a connection finds in its outbox.
pub enum Taken {
    /// Frames to write, in order.
    Frames(VecDeque<FrameText>),
    /// A ping, to go out with the frames that follow.
    Ping,
    /// The connection ends.
    End(Ending),
}

impl Waiting {
    fn give_up(&mut self) {
        self.frames.clear();
        self.ending = Some(Ending::TooSlow);
    }
}

impl Outbox {
    /// Puts what a client gets on arrival, so many rows among it, and counts rows afresh. That is the
    /// whole board or all that was missed, and may be larger than what may pile up later: a limit
    /// would shut such a client out for ever. Whoever says `hello` again instead of reading is slow.
    pub fn open(&self, frames: Vec<FrameText>, rows: u64) {
        {
            let mut waiting = self.lock();
            if waiting.ending.is_some() {
                return;
            }
            waiting.rows = rows;
            if waiting.bytes + waiting.opening > LIMIT_BYTES {
                waiting.give_up();
            } else {
                waiting.opening += frames.iter().map(|frame| frame.len()).sum::<usize>();
                waiting.frames.extend(frames);
            }
        }
        self.changed.notify_one();
    }

    /// Puts a frame that is a row of the log.
    pub fn put_row(&self, frame: FrameText) {
        self.put(frame, 1);
    }

    /// Puts any other frame.
    pub fn put_other(&self, frame: FrameText) {
        self.put(frame, 0);
    }

    fn put(&self, frame: FrameText, rows: u64) {
        {
            let mut waiting = self.lock();
            // Before a goodbye that is no fault of the client's its answers still go out.
            if matches!(waiting.ending, Some(Ending::TooSlow | Ending::Revoked)) {
                return;
            }
            waiting.bytes += frame.len();
            waiting.rows += rows;
            if waiting.bytes > LIMIT_BYTES && !waiting.frames.is_empty() {
                waiting.give_up();
            } else {
                waiting.frames.push_back(frame);
            }
        }
        self.changed.notify_one();
    }

    /// Asks for a ping before the next frame. Returns whether the one before it was taken.
    #[must_use]
    pub fn ping(&self) -> bool {
        !std::mem::replace(&mut self.lock().ping, true)
    }

    /// Ends the connection once what waits is written.
    pub fn end(&self, ending: Ending) {
        self.lock().ending.get_or_insert(ending);
        self.changed.notify_one();
    }

    /// How many rows were put since the last `hello`.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.lock().rows
    }

    /// Waits for something to do, and takes it.
    pub async fn take(&self) -> Taken {
        loop {
            {
                let mut waiting = self.lock();
                if !waiting.frames.is_empty() {
                    if std::mem::take(&mut waiting.ping) {
                        return Taken::Ping;
                    }
                    (waiting.bytes, waiting.opening) = (0, 0);
                    return Taken::Frames(std::mem::take(&mut waiting.frames));
                }
                if let Some(ending) = waiting.ending {
                    return Taken::End(ending);
                }
            }
            self.changed.notified().await;
        }
    }

    /// What was put when the writer had already seen that the connection ends.
    #[must_use]
    pub fn rest(&self) -> VecDeque<FrameText> {
        std::mem::take(&mut self.lock().frames)
    }

    /// Waits until the reader has proved too slow.
    pub async fn too_slow(&self) {
        while self.lock().ending != Some(Ending::TooSlow) {
            self.changed.notified().await;
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
