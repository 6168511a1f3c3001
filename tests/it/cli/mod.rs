//! The program as people run it: a process with arguments, output and an exit code.

mod load;
