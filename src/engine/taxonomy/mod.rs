//! Lists that incident response classifies by. They come with the program, each of one stated version.

pub mod attack;
pub mod rsit;
