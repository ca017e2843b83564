//! What comes in from outside: data, logs, and what was saved.

mod data_files;
mod data_read;
mod diagnose;
mod keep;
mod open;
