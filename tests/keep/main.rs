//! Work is kept: preferences, sessions, share text, recovery.

mod preferences;
