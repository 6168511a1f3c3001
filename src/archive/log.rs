//! A log as far as it can be trusted: the rows up to the first fault, and the fault.

use std::io::BufRead;

use crate::{
    engine::{codec::CodecError, event::Event, id::PartId},
    store::{
        chain::{Broken, Head, Verifier},
        jsonl::{ExportError, Reader},
        record,
    },
};

/// What of a log holds together.
#[derive(Debug)]
pub struct Log {
    /// Which log it is.
    pub stream: String,
    /// The events that can be trusted and read, with their rows.
    pub events: Vec<(i64, Event)>,
    /// The last row among them.
    pub head: Head,
    /// Texts that were erased, as the log itself says; not told of a log with a fault.
    pub erased: Vec<PartId>,
    /// Why the log is not trusted further; none if all of it holds.
    pub fault: Option<LogFault>,
}

/// Where a log stops to hold, and why.
#[derive(Debug)]
pub struct LogFault {
    /// The first row that cannot be trusted or read.
    pub row: i64,
    /// What is wrong with it.
    pub cause: LogCause,
}

/// What is wrong with a row.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "each says it in its own words")]
pub enum LogCause {
    #[error(transparent)]
    Line(ExportError),
    #[error(transparent)]
    Chain(Broken),
    #[error(transparent)]
    Row(CodecError),
}

impl LogCause {
    /// Stable name of the fault.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Line(error) => error.code(),
            Self::Chain(broken) => broken.reason.code(),
            Self::Row(error) => error.code(),
        }
    }
}

/// Reads an exported log up to its end or to its first fault.
///
/// # Errors
/// When not even the header can be read: then nothing says which log it is.
pub fn read(input: impl BufRead) -> Result<Log, ExportError> {
    let mut reader = Reader::new(input)?;
    let mut chain = Verifier::default();
    let mut log = Log {
        stream: reader.stream().to_owned(),
        events: Vec::new(),
        head: Head::genesis(),
        erased: Vec::new(),
        fault: None,
    };
    let mut heads = Vec::new();
    for (row, stored) in (1..).zip(reader.by_ref()) {
        let taken = stored.map_err(LogCause::Line).and_then(|stored| {
            chain.push(&stored).map_err(LogCause::Chain)?;
            let event = record::event(&stored).map_err(LogCause::Row)?;
            Ok((stored.row.seq, stored.row.hash, event))
        });
        match taken {
            Ok((seq, hash, event)) => {
                heads.push(Head { seq, hash });
                log.events.push((seq, event));
            }
            Err(cause) => {
                log.fault = Some(LogFault { row, cause });
                break;
            }
        }
    }
    if log.fault.is_none() {
        match chain.finish() {
            Ok(verified) => log.erased = verified.erased,
            Err(broken) => log.fault = Some(LogFault { row: broken.seq, cause: LogCause::Chain(broken) }),
        }
    }
    if let Some(LogFault { row, .. }) = log.fault {
        log.events.retain(|(seq, _)| *seq < row);
        heads.retain(|head| head.seq < row);
    }
    log.head = heads.pop().unwrap_or_else(Head::genesis);
    Ok(log)
}
