//! Real data: tables, images and logs, read from text and bytes (never from files), and what a reader
//! brought to this process.
//!
//! | file | what lives there |
//! | --- | --- |
//! | `table` | columns of numbers with names |
//! | `airfoil` | the airfoil table: its moments, a stand-in, reading it |
//! | `cholesky` | a factor of a small matrix |
//! | `shelf` | what a reader brought, for the scenes that can use it |

pub mod airfoil;
mod cholesky;
mod shelf;
mod table;

pub use shelf::{Brought, Shelf, bring, shelf};
pub use table::{Images, Table};
