//! Accepts connections and does the handshakes beside each other: one that is slow, or never ends,
//! delays nobody.
//!
//! Handshakes are bounded in time and number. When there are too many, the oldest gives way: an honest
//! one is over within a few round trips, so the oldest is somebody's who means no good, or whose line is
//! gone.

use std::{collections::VecDeque, io, net::SocketAddr, sync::Arc, time::Duration};

use axum::serve::Listener;
use rustls::ServerConfig;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::mpsc,
    time::timeout,
};
use tokio_rustls::{TlsAcceptor, server::TlsStream};
use tokio_util::task::AbortOnDropHandle;

/// How long a handshake may take: twice what one on a very bad line needs.
const HANDSHAKE_WITHIN: Duration = Duration::from_secs(15);
/// Handshakes under way at once.
const HANDSHAKES_AT_ONCE: usize = 2_048;
/// Connections that are ready and wait for the server to take them.
const READY_AT_ONCE: usize = 1_024;

/// Listens for connections over TLS.
#[derive(Debug)]
pub struct TlsListener {
    ready: mpsc::Receiver<(TlsStream<TcpStream>, SocketAddr)>,
    address: SocketAddr,
    _accepting: AbortOnDropHandle<()>,
}

impl TlsListener {
    /// Begins to accept. Ends, with every handshake under way, when it is dropped.
    pub fn start(listener: TcpListener, config: Arc<ServerConfig>) -> io::Result<Self> {
        Self::bounded(listener, config, HANDSHAKES_AT_ONCE, HANDSHAKE_WITHIN)
    }

    /// As [`Self::start`], with bounds of one's own.
    pub fn bounded(
        listener: TcpListener,
        config: Arc<ServerConfig>,
        at_once: usize,
        within: Duration,
    ) -> io::Result<Self> {
        let address = listener.local_addr()?;
        let (done, ready) = mpsc::channel(READY_AT_ONCE);
        let acceptor = TlsAcceptor::from(config);
        let accepting = tokio::spawn(accept(listener, acceptor, done, at_once.max(1), within));
        Ok(Self { ready, address, _accepting: AbortOnDropHandle::new(accepting) })
    }
}

impl Listener for TlsListener {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        match self.ready.recv().await {
            Some(accepted) => accepted,
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.address)
    }
}

async fn accept(
    mut listener: TcpListener,
    acceptor: TlsAcceptor,
    done: mpsc::Sender<(TlsStream<TcpStream>, SocketAddr)>,
    at_once: usize,
    within: Duration,
) {
    let mut under_way: VecDeque<AbortOnDropHandle<()>> = VecDeque::new();
    loop {
        // Waits by itself when no file descriptor is left.
        let (stream, peer) = Listener::accept(&mut listener).await;
        // Injects are small and must not wait for more to send.
        stream.set_nodelay(true).ok();
        if under_way.len() >= at_once {
            under_way.retain(|handshake| !handshake.is_finished());
        }
        if under_way.len() >= at_once {
            under_way.pop_front();
            count("crowded_out");
        }
        let (acceptor, done) = (acceptor.clone(), done.clone());
        let handshake = async move {
            match timeout(within, acceptor.accept(stream)).await {
                Ok(Ok(stream)) => {
                    count("done");
                    done.send((stream, peer)).await.ok();
                }
                // Whoever speaks no TLS, or does not trust the certificate, is no fault of ours.
                Ok(Err(error)) => {
                    count("failed");
                    tracing::debug!(%peer, %error, "a handshake failed");
                }
                Err(_elapsed) => count("too_slow"),
            }
        };
        under_way.push_back(AbortOnDropHandle::new(tokio::spawn(handshake)));
    }
}

fn count(outcome: &'static str) {
    metrics::counter!("drillhall_tls_handshakes_total", "outcome" => outcome).increment(1);
}
