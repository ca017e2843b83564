//! The workloads that say how fast the core is: exactly specified runs, each with its check.
//!
//! They are the workloads W1 to W8 and GAUSS of the project's performance notes, with initial data
//! that any language can make bit for bit, so that another program can be held beside this one.
//! Nothing here steps by itself: every workload is [`advance`](crate::core::advance) or one of its
//! companions, as in the window.
//!
//! | file | what lives there |
//! | --- | --- |
//! | `spec` | sizes, constants and initial data |
//! | `measure` | repetition, clocks, and one line of JSON per measurement |
//! | `stepping` | one ball and clouds of particles |
//! | `maps` | maps over parameters, ensembles of springs |
//! | `regression` | linear regression by minibatches |
//! | `training` | the convolutional network |
//! | `drawing` | figures to files |
//! | `normals` | normal deviates |

mod drawing;
mod maps;
mod measure;
mod normals;
mod regression;
mod spec;
mod stepping;
mod training;

pub use measure::Measurement;
pub use spec::Size;

use measure::Meter;

/// A workload: its name and what measures it.
type Workload = (&'static str, fn(&mut Meter<'_>, Size));

/// Every workload, in order.
const WORKLOADS: &[Workload] = &[
    ("W1", stepping::w1),
    ("W1U", stepping::w1_undamped),
    ("W1R", stepping::w1_recorded),
    ("W2", stepping::w2),
    ("W2S", stepping::w2_small),
    ("W2L", stepping::w2_large),
    ("W3B", stepping::w3_baoab),
    ("W3S", stepping::w3_sghmc),
    ("W4", maps::w4),
    ("W5", maps::w5),
    ("W6", regression::w6),
    ("W7", training::w7),
    ("W8", drawing::w8),
    ("W8SVG", drawing::w8_svg),
    ("W8PNG", drawing::w8_png),
    ("W8DEC", drawing::w8_decimation),
    ("GAUSS", normals::gauss),
];

/// The names of all workloads.
pub fn names() -> Vec<&'static str> {
    WORKLOADS.iter().map(|(name, _)| *name).collect()
}

/// The workloads a word asks for: all of them, the one of this name, or a family (`W2` is W2, W2S and
/// W2L); none if there is no such name.
pub fn asked(word: &str) -> Vec<&'static str> {
    let word = word.trim().to_ascii_uppercase();
    let belongs = |name: &str| word == "ALL" || name == word || family(name) == word;
    names().into_iter().filter(|name| belongs(name)).collect()
}

/// The family of a workload: its letter and number.
fn family(name: &str) -> &str {
    let digits = name.find(|c: char| c.is_ascii_digit()).map_or(name.len(), |i| i + 1);
    &name[..digits]
}

/// Measures the workloads of these names on `threads` threads and hands each measurement to `tell`.
///
/// # Errors
/// The threads could not be started.
pub fn measure(
    wanted: &[&str],
    size: Size,
    threads: usize,
    tell: &mut (dyn FnMut(Measurement) + Send),
) -> Result<(), rayon::ThreadPoolBuildError> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
    pool.install(|| {
        for (name, run) in WORKLOADS.iter().filter(|(name, _)| wanted.contains(name)) {
            run(&mut Meter::new(name, threads, tell), size);
        }
    });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{asked, names};

    #[test]
    fn words_name_workloads() {
        let table: [(&str, &[&str]); 5] =
            [("W2", &["W2", "W2S", "W2L"]), ("w3b", &["W3B"]), ("W1U", &["W1U"]), ("gauss", &["GAUSS"]), ("W9", &[])];
        for (word, want) in table {
            assert_eq!(asked(word), want, "{word}");
        }
        assert_eq!(asked("all"), names());
    }
}
