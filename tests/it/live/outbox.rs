//! What waits to be written to a connection, when the connection ends.

use drillhall::live::outbox::{Ending, Outbox};

#[tokio::test]
async fn an_answer_that_comes_once_the_connection_has_ended_is_not_lost() {
    let outbox = Outbox::default();
    outbox.end(Ending::Renewed);
    assert_eq!(outbox.take().await, None);
    outbox.put_other("accepted".into());
    assert_eq!(outbox.take().await, Some(["accepted".into()].into()));
}
