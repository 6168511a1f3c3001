//! The writing side of a websocket. What a client takes at once is written by whoever has it for them: what
//! goes to thousands wakes nobody. Only what does not go through waits for a task.

use std::{collections::VecDeque, future::poll_fn};

use axum::{
    body::Bytes,
    extract::ws::{CloseFrame, Message, WebSocket},
};
use futures_util::{FutureExt, SinkExt, stream::SplitSink};
use tokio::{task::coop::unconstrained, time::timeout};

use super::{Close, FrameText, WRITE_WITHIN, close_of};
use crate::live::outbox::Ending;

/// Where the frames of one connection go out.
pub(in crate::live) struct Line(SplitSink<WebSocket, Message>);

/// What is to go out next, in order: a ping before the frames.
#[derive(Debug, Default)]
pub(in crate::live) struct Queue {
    pub(in crate::live) ping: bool,
    pub(in crate::live) frames: VecDeque<FrameText>,
}

impl Line {
    pub(super) fn new(sink: SplitSink<WebSocket, Message>) -> Self {
        Self(sink)
    }

    /// Writes what the client takes without waiting, and says whether that was all. What was not begun is
    /// left in the queue.
    pub(in crate::live) fn write_now(&mut self, queue: &mut Queue) -> bool {
        let all = async {
            while self.step(queue).await? {}
            Ok::<(), axum::Error>(())
        };
        // A task's budget lets others run in between; this writes to thousands in a row and waits for none.
        matches!(unconstrained(all).now_or_never(), Some(Ok(())))
    }

    /// Writes everything, and gives up where a step takes too long.
    pub(super) async fn write(&mut self, queue: &mut Queue) -> Result<(), Close> {
        loop {
            match timeout(WRITE_WITHIN, self.step(queue)).await {
                Ok(Ok(true)) => {}
                Ok(Ok(false)) => return Ok(()),
                Ok(Err(_)) => return Err(None),
                Err(_) => return Err(Some(close_of(Ending::TooSlow))),
            }
        }
    }

    /// Hands one message on, or flushes if none is left. Says whether there is more to do. Takes nothing
    /// from the queue before there is room for it.
    async fn step(&mut self, queue: &mut Queue) -> Result<bool, axum::Error> {
        if queue.is_empty() {
            self.0.flush().await?;
            return Ok(false);
        }
        poll_fn(|context| self.0.poll_ready_unpin(context)).await?;
        match queue.next() {
            Some(message) => self.0.start_send_unpin(message).map(|()| true),
            None => Ok(true),
        }
    }

    /// Says goodbye.
    pub(super) async fn close(&mut self, code: u16, reason: &'static str) -> Result<(), axum::Error> {
        let frame = CloseFrame { code, reason: FrameText::from_static(reason) };
        self.0.send(Message::Close(Some(frame))).await
    }
}

impl Queue {
    pub(in crate::live) fn is_empty(&self) -> bool {
        !self.ping && self.frames.is_empty()
    }

    fn next(&mut self) -> Option<Message> {
        if std::mem::take(&mut self.ping) {
            return Some(Message::Ping(Bytes::new()));
        }
        self.frames.pop_front().map(Message::Text)
    }
}
