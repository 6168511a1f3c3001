//! What pages of HTML are written with: no data becomes markup, and people can read the numbers.

mod figures;
mod page;
mod phrase;
