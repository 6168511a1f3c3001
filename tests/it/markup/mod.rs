//! What pages of HTML are written with: no data becomes markup, and people can read the numbers.

pub(crate) mod catalogue;
mod figures;
mod page;
mod phrase;
