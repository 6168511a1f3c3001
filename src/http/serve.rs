//! Connections, from the first byte to the last. Whoever opens one and says nothing, or a little now and then, is
//! not waited for: a few thousand of those would take every descriptor that the server has.

use std::{convert::Infallible, future::Future, net::SocketAddr, pin::pin, time::Duration};

use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{Request, Response},
    serve::Listener,
};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tower_service::Service;

/// How long the head of a request may take from the moment that the connection is there or the answer before it is
/// written. What is sent behind the head is for the time limit of the route.
pub const HEAD_WITHIN: Duration = Duration::from_secs(20);
/// Most bytes of a head, and of what is read ahead.
const HEAD_LIMIT: usize = 64 * 1024;

/// Serves until `shutdown` comes; then accepts no more and lets every request come to its end.
pub async fn serve<L>(mut listener: L, router: Router, head_within: Duration, shutdown: impl Future<Output = ()>)
where
    L: Listener<Addr = SocketAddr>,
{
    let (connections, closing) = (TaskTracker::new(), CancellationToken::new());
    let mut shutdown = pin!(shutdown);
    loop {
        let (io, address) = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut shutdown => break,
        };
        connections.spawn(connection::<L>(io, address, router.clone(), head_within, closing.clone()));
    }
    drop(listener);
    closing.cancel();
    connections.close();
    connections.wait().await;
}

async fn connection<L: Listener>(
    io: L::Io,
    address: SocketAddr,
    router: Router,
    head_within: Duration,
    closing: CancellationToken,
) {
    let answer = service_fn(move |request| answer(router.clone(), address, request));
    let mut settings = http1::Builder::new();
    settings.timer(TokioTimer::new()).header_read_timeout(head_within).max_buf_size(HEAD_LIMIT);
    let mut serving = pin!(settings.serve_connection(TokioIo::new(io), answer).with_upgrades());
    let ended = tokio::select! {
        ended = serving.as_mut() => ended,
        () = closing.cancelled() => {
            serving.as_mut().graceful_shutdown();
            serving.await
        }
    };
    if let Err(error) = ended {
        tracing::trace!(%address, error = &error as &dyn std::error::Error, "a connection broke off");
    }
}

async fn answer(
    mut router: Router,
    address: SocketAddr,
    request: Request<Incoming>,
) -> Result<Response<Body>, Infallible> {
    let mut request = request.map(Body::new);
    request.extensions_mut().insert(ConnectInfo(address));
    router.call(request).await
}
