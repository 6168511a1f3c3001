//! Everybody's connections together.

use std::{sync::Arc, time::Duration};

use anyhow::{Context, bail};
use futures_util::{SinkExt, StreamExt, TryStreamExt, stream};
use tokio::{task::JoinHandle, time::Instant};
use tokio_tungstenite::tungstenite::Message;
use tokio_util::sync::CancellationToken;

use super::line::{Heard, Line, Mouth, Position, Progress};
use super::now;
use crate::bot::player::Place;

/// How long a phase may take beyond its schedule before it counts as failed.
pub(super) const PATIENCE: Duration = Duration::from_mins(1);
/// Connections that are being opened at once while a hall fills, and when everybody comes back.
pub(super) const ARRIVING: usize = 32;
pub(super) const COMING_BACK: usize = 1_000;
const LOOK_EVERY: Duration = Duration::from_millis(2);

/// Open connections, in the order of the places.
pub(super) struct Crowd {
    mouths: Vec<Mouth>,
    ears: Vec<JoinHandle<anyhow::Result<Heard>>>,
    progress: Arc<Progress>,
    stop: CancellationToken,
}

impl Crowd {
    /// Connects everybody, so many at once, from a position in the log if there is one.
    pub(super) async fn connect(
        places: &[Place],
        positions: Vec<Option<Position>>,
        at_once: usize,
    ) -> anyhow::Result<Self> {
        let (progress, stop) = (Arc::new(Progress::default()), CancellationToken::new());
        let opening = places.iter().cloned().zip(positions).map(|(place, position)| {
            let (progress, stop) = (Arc::clone(&progress), stop.clone());
            tokio::spawn(async move {
                let (mouth, listening) = Line::open(&place, position).await?.listen(progress, stop);
                Ok::<_, anyhow::Error>((mouth, tokio::spawn(listening)))
            })
        });
        let opened = stream::iter(opening).buffered(at_once).map(|opened| opened.context("a connection failed")?);
        let (mouths, ears) = opened.try_collect::<Vec<_>>().await?.into_iter().unzip();
        Ok(Self { mouths, ears, progress, stop })
    }

    /// Sends a frame on the connection of person `n`.
    pub(super) async fn say(&mut self, n: u32, frame: String) -> anyhow::Result<()> {
        let mouth = self.mouths.get_mut(n as usize).context("there is no such connection")?;
        Ok(mouth.send(Message::text(frame)).await?)
    }

    /// Waits until enough has been received. What does not come in time counts as lost later on.
    pub(super) async fn until(&self, done: impl Fn(&Progress) -> bool, patience: Duration) -> anyhow::Result<()> {
        let deadline: Instant = now() + patience;
        while !done(&self.progress) && now() < deadline {
            if let Some(code) = self.progress.refusal.get() {
                bail!("the server refused an answer: {code}");
            }
            if self.ears.iter().any(JoinHandle::is_finished) {
                bail!("a connection ended early");
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
        Ok(())
    }

    /// Leaves without a word, as when the line is cut. Returns what everybody heard.
    pub(super) async fn leave(self) -> anyhow::Result<Vec<Heard>> {
        self.stop.cancel();
        let mut heard = Vec::with_capacity(self.ears.len());
        for ear in self.ears {
            heard.push(ear.await.context("a connection failed")??);
        }
        Ok(heard)
    }
}
