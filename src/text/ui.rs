//! Interface wording.
