//! What is printed.

mod words;
