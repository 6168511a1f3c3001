//! What waits to be written to a connection, when the connection ends.

use drillhall::live::outbox::{Ending, Outbox, Taken};

#[tokio::test]
async fn an_answer_that_comes_once_the_writer_has_gone_is_not_lost() {
    let outbox = Outbox::default();
    outbox.end(Ending::Renewed);
    assert!(matches!(outbox.take().await, Taken::End(Ending::Renewed)));
    outbox.put_other("accepted".into());
    assert_eq!(outbox.rest(), ["accepted"]);
}
