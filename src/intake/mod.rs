//! What a file is that somebody hands in, told by its bytes alone: neither its name nor what its
//! sender says of it counts. Few kinds are taken, and each only if it is that and nothing else.
//!
//! Pure and bounded: the time is linear in the bytes and in what an archive unpacks to, of which no
//! more than [`UNPACKED_LIMIT`] is ever unpacked, to nowhere.

mod archive;
mod capture;
mod marks;
mod media;
mod picture;
mod refused;
mod text;

pub use archive::{ENTRIES_LIMIT, UNPACKED_LIMIT};
pub use media::MediaType;
pub use refused::Refused;

/// What a file was found to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its kind.
    pub media_type: MediaType,
    /// Whether it is an archive with a password, of which only the list of contents could be read.
    pub encrypted: bool,
}

/// Says what a file is, or why it is not taken.
pub fn inspect(bytes: &[u8]) -> Result<Found, Refused> {
    if bytes.is_empty() {
        return Err(Refused::Empty);
    }
    if marks::is_program(bytes) {
        return Err(Refused::Program);
    }
    if bytes.starts_with(b"PK") {
        return archive::inspect(bytes);
    }
    let media_type = if let Some(kind) = capture::kind(bytes) {
        // It holds whatever went over the wire, so only its own shape counts.
        capture::check(kind, bytes)?;
        kind
    } else if let Some(kind) = picture::kind(bytes) {
        picture::check(kind, bytes)?;
        marks::refuse_others_inside(bytes)?;
        marks::refuse_scripts_inside(bytes)?;
        kind
    } else if bytes.starts_with(b"%PDF-") {
        text::check_pdf(bytes)?;
        marks::refuse_others_inside(bytes)?;
        MediaType::Pdf
    } else {
        marks::refuse_others_inside(bytes)?;
        text::kind(bytes)?
    };
    Ok(Found { media_type, encrypted: false })
}
