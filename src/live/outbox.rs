//! What waits to be written to one connection, bounded in bytes. A reader that is too slow loses
//! its connection, never a frame: it comes back with its last sequence number.
//!
//! Whoever puts a frame writes it, too, as long as the client takes what it is sent. Otherwise frames wait
//! for the connection's own task.

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
};

use tokio::sync::Notify;

use super::socket::{FrameText, Line, Queue};

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

/// Frames on their way to one connection.
#[derive(Default)]
pub struct Outbox {
    waiting: Mutex<Waiting>,
    changed: Notify,
}

#[derive(Default)]
struct Waiting {
    queue: Queue,
    bytes: usize,
    /// Bytes of what the client gets on arrival, as long as they wait.
    opening: usize,
    /// Rows of the log put since the last `hello`.
    rows: u64,
    ending: Option<Ending>,
    /// Where to write at once; none if the connection's task has it, or reads the frames itself.
    line: Option<Line>,
    /// Whether the connection's task is to go on: not all went through.
    stuck: bool,
}

impl Waiting {
    fn give_up(&mut self) {
        self.queue.frames.clear();
        self.ending = Some(Ending::TooSlow);
    }

    /// Takes a frame in, unless the reader is too slow or may read no more.
    fn put(&mut self, frame: FrameText) {
        // Before a goodbye that is no fault of the client's its answers still go out.
        if matches!(self.ending, Some(Ending::TooSlow | Ending::Revoked)) {
            return;
        }
        self.bytes += frame.len();
        if self.bytes > LIMIT_BYTES && !self.queue.frames.is_empty() {
            self.give_up();
        } else {
            self.queue.frames.push_back(frame);
        }
    }

    /// Writes what can be written at once. Says whether somebody has to be told of the rest.
    fn write_now(&mut self) -> bool {
        let Some(line) = self.line.as_mut().filter(|_| !self.stuck) else { return true };
        self.stuck = !line.write_now(&mut self.queue);
        if !self.stuck {
            (self.bytes, self.opening) = (0, 0);
        }
        self.stuck || self.ending.is_some()
    }

    fn taken(&mut self) -> Queue {
        (self.bytes, self.opening, self.stuck) = (0, 0, false);
        std::mem::take(&mut self.queue)
    }
}

impl Outbox {
    /// Puts what a client gets on arrival, so many rows among it, and counts rows afresh. That is the
    /// whole board or all that was missed, and may be larger than what may pile up later: a limit
    /// would shut such a client out for ever. Whoever says `hello` again instead of reading is slow.
    pub(super) fn open(&self, frames: Vec<FrameText>, rows: u64) {
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
                waiting.queue.frames.extend(frames);
            }
            // A whole board is for the connection's own task: the hub does not wait while it is copied.
            waiting.stuck = true;
        }
        self.changed.notify_one();
    }

    /// Puts frames that are rows of the log. They go out in one write.
    pub(super) fn put_rows(&self, frames: impl IntoIterator<Item = FrameText>) {
        let mut waiting = self.lock();
        let before = waiting.rows;
        for frame in frames {
            waiting.rows += 1;
            waiting.put(frame);
        }
        if waiting.rows > before {
            self.write_now(waiting);
        }
    }

    /// Puts any other frame.
    pub fn put_other(&self, frame: FrameText) {
        let mut waiting = self.lock();
        waiting.put(frame);
        self.write_now(waiting);
    }

    fn write_now(&self, mut waiting: MutexGuard<'_, Waiting>) {
        let left = waiting.write_now();
        drop(waiting);
        if left {
            self.changed.notify_one();
        }
    }

    /// Asks for a ping before the next frame. Returns whether the one before it was taken.
    pub(super) fn ping(&self) -> bool {
        !std::mem::replace(&mut self.lock().queue.ping, true)
    }

    /// Ends the connection once what waits is written.
    pub fn end(&self, ending: Ending) {
        self.lock().ending.get_or_insert(ending);
        self.changed.notify_one();
    }

    /// How many rows were put since the last `hello`.
    pub(super) fn rows(&self) -> u64 {
        self.lock().rows
    }

    /// Waits for frames, for a reader that has no line; none once it ends.
    pub async fn take(&self) -> Option<VecDeque<FrameText>> {
        loop {
            {
                let mut waiting = self.lock();
                if !waiting.queue.frames.is_empty() {
                    return Some(waiting.taken().frames);
                }
                if waiting.ending.is_some() {
                    return None;
                }
            }
            self.changed.notified().await;
        }
    }

    /// Gives the line back, to be written to by whoever puts something; but to the taker again if the
    /// connection ends and nothing waits.
    pub(super) fn give(&self, line: Line) -> Option<(Line, Ending)> {
        let mut waiting = self.lock();
        if waiting.queue.is_empty()
            && let Some(ending) = waiting.ending
        {
            return Some((line, ending));
        }
        waiting.stuck = !waiting.queue.is_empty();
        waiting.line = Some(line);
        None
    }

    /// Waits until something did not go through or the connection ends. Takes the line, and what waits.
    pub(super) async fn line(&self) -> (Line, Queue) {
        loop {
            {
                let mut waiting = self.lock();
                if (waiting.stuck || waiting.ending.is_some())
                    && let Some(line) = waiting.line.take()
                {
                    return (line, waiting.taken());
                }
            }
            self.changed.notified().await;
        }
    }

    /// What was put when the line was closed already.
    pub(super) fn rest(&self) -> Queue {
        self.lock().taken()
    }

    /// Waits until the reader has proved too slow.
    pub(super) async fn too_slow(&self) {
        while self.lock().ending != Some(Ending::TooSlow) {
            self.changed.notified().await;
        }
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
