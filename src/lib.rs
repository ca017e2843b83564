//! **Impetus**: a laboratory for one idea, that a momentum optimizer *is* a machine with inertia.
//!
//! It runs the discrete optimizer and its continuous twins (mass–spring–damper, PD controller,
//! Langevin sampler) through one stepping core, on one clock, from one state and one seed, shows
//! them side by side, names their damping regime exactly, and exports the pictures a book prints.
//!
//! # The architecture in one sentence
//!
//! A *scene* declares parameters and builds *lanes*; a lane is a *field*, a *stepper* and a
//! *state*; one loop advances lanes and records *traces*; a scene turns traces into *figures*; a
//! figure becomes pixels or a file. Data flows one way:
//!
//! ```text
//! param ─ scenes ─ core::advance ─ traces ─ figure ─┬─ app (egui)      pixels
//!           │            │                          └─ export          SVG, PDF, PNG, PGF, CSV, JSON
//!        theory       session (the whole application without a window; every act a Command)
//! ```
//!
//! # The modules, in reading order
//!
//! | module | what lives there | may use |
//! | --- | --- | --- |
//! | [`core`] | stepping: state, fields, moves, methods, the one loop, whole words at once, traces | itself, `rand`, `libm`, `rayon`, `serde` |
//! | [`theory`] | closed forms; `core`'s independent oracle | itself, `nalgebra` |
//! | [`text`] | the two languages | itself |
//! | [`formula`] | the formula language of typed worlds: parsing, exact derivatives, fixed points | `text`, `libm` |
//! | [`data`] | real data: tables, images and logs from text and bytes; what a reader brought | `text`, `flate2`, `csv`, `serde` |
//! | [`param`] | a parameter declared once; values; refusals as sentences | `text` |
//! | [`diagnose`] | from the log of a training run to poles, η and β: likelihood, intervals, refusals, advice | `theory`, `data`, `param`, `text`, `nalgebra` |
//! | [`figure`] | backend-neutral figures: axes, layers, palettes, ticks, ranges | `text` |
//! | [`export`] | figure → millimetres → shapes → SVG and PGF; PNG and PDF from the SVG; CSV, JSON; provenance | `figure`, `text` |
//! | [`scenes`] | the experiments, one file or folder each; shared parts in `scenes::models` | `core`, `theory`, `diagnose`, `formula`, `data`, `param`, `figure`, `text` |
//! | [`session`] | document (plan, pins, look), run, playback, undo, commands | `scenes`, `core`, `formula`, `param`, `figure`, `text` |
//! | [`preflight`] | finished files held to what publishers ask | `export`, `figure`, `text` |
//! | [`files`] | from a session to files and back: provenance, composition, run table | `session`, `scenes`, `formula`, `data`, `param`, `export`, `preflight`, `figure`, `text` |
//! | [`verify`] | the program held to numbers it did not make; `assets/golden` | `scenes`, `core`, `theory`, `data`, `param`, `text`, `nalgebra` |
//! | [`workloads`] | exactly specified runs that say how fast the core is | `core`, `data`, `figure`, `export`, `text`, `rayon` |
//! | [`cli`] | the command line | `diagnose`, `workloads`, `core`, `files`, `session`, `scenes`, `formula`, `data`, `param`, `export`, `preflight`, `figure`, `text`, `verify`, and `app` to open it |
//! | `app` | the window; the only place that names egui (feature `gui`) | all of these but stepping |
//!
//! `tests/architecture.rs` reads the sources and fails on anything this table does not allow.
//!
//! # Invariants
//!
//! 1. Only `app` names egui; everything headless builds and tests without feature `gui`.
//! 2. Only [`files`], [`cli`], `app` and [`export`]'s writers touch files.
//! 3. Same scene, values, events, seed and step count give the same bits in window, command line
//!    and test. The window decides how often to call the loop, never the step size. A live change
//!    is an event (iteration, parameter, value) of the [`session::Plan`] and replays exactly.
//!    Noise is a function of (seed, lane, particle, coordinate, step), never of call order.
//!    Neither the number of threads nor the width of the registers changes a bit.
//! 4. A step allocates nothing.
//! 5. NaN and infinity are an [`core::Outcome`] that stops a lane; they never panic.
//! 6. A new scene is one new file or folder and one line in [`scenes::SCENES`].
//! 7. Every figure layer is handled by the screen and by the exporter (exhaustive matches).
//! 8. Damping lives in a `Damp` move or in the stepper, never also in the field.
//! 9. A number on the screen is computed by [`theory`] or measured from a trace, and says which;
//!    a regime label names its model, the exact discrete map or the continuous twin.
//! 10. Three clocks exist (iterations, simulated time, wall time); every axis names its own.
//!
//! # From a slider to a pixel
//!
//! Controls walk the lens's specs; a drag pushes [`session::Command::Set`]; after the frame the
//! session validates it, through the scene's dictionary if the parameter is a costume's (kd, ζ, γ…),
//! and either makes the run again or, "from now on", keeps the states and records an event. The next
//! [`session::Session::tick`] computes what is missing under a budget of work, or leaves it to another thread; the scene's figures
//! borrow trace columns and what was derived from them; `app::plot` thins them to the pixels there are
//! and keeps its drawing until something changes. Another frame is asked for only while something moves.
//!
//! A scene is held as a [`scenes::SceneRef`]: one of the list, or one made from text that a reader
//! typed ([`formula`]). A figure says nothing of the present: a scene answers for the marks of *any*
//! moment, so that "now", the pointer that all views share and the ends of a brush are the same
//! question. Pinned runs go through the same figure once more, in colours of their own
//! ([`scenes::compared`]).
//!
//! # The chapter
//!
//! Most scenes are one table each ([`scenes`]' `Exhibit`): parameters, lanes, pages, numbers. Their files
//! read like the paragraphs they illustrate. What a scene asks before a run and answers after it is its
//! [`scenes::Story`]: a prediction to make, the answer with the numbers it rests on, a verdict on what the
//! sources say, and numbers that have to come out. Nothing of it is typed that can be computed, so the
//! verdicts are those of the run that is shown; [`verify`] runs every check to its end.
//!
//! # Big data
//!
//! A trace only grows, so whatever is read off it grows with it: [`scenes::Derived`] columns are added to
//! when a run goes on, extremes lie in a [`figure::Pyramid`], and a frame costs what there are columns of
//! pixels, not rows. A run whose iteration takes longer than a moment ([`scenes::Run::is_heavy`]), or that
//! has very many of them to go, is made beside the window: the session lends what its lanes need ([`scenes::Errand`]), takes home rows and
//! kept states, and gives up what was lent as soon as somebody wants it otherwise; nothing of this decides
//! a bit, and without a window all is done when a call returns. It works in shares that grow as long as the
//! window does not ask for more, because a large cloud is stepped fastest in long stretches. States are kept within a budget of memory
//! ([`scenes::Checkpoints`]) and rebuilt from the last one before. What a figure reads off a whole state
//! it asks for by name ([`scenes::LaneRun::glance`]): of a large cloud another thread answers, and the last
//! answer is shown until then. More than some thousands of particles are a density over a grid
//! ([`scenes::models::density`]), one picture on the screen as on paper.
//!
//! # How a step becomes fast
//!
//! [`core::advance`] is one loop over moves on whole arrays. Where nobody looks at the single steps (or
//! only a [`core::Trace`] does), the method is a word the compiler knows and the field has a
//! [`core::Kernel`], the same loop is turned inside out: shards of particles stay in the first cache, or
//! a few particles in registers, for many steps, and what a trace asks of every step (means, spreads,
//! [`core::Gauge`]s) is summed up while they are there. Moves, order and rounding are the same, so the bits
//! are; where a run leaves the safe range the plain loop takes over. Maps of one method over its
//! coefficients ([`core::Cells`]) and ensembles of springs ([`core::Springs`]) use the same words.
//!
//! # What is kept
//!
//! A [`session::Document`] is the plan, the pinned plans, and how they are looked at, arrangement
//! included. Undo, session files, share text and recovery after a crash all hold documents, and
//! nothing else has to be remembered; [`files::keep`] writes and reads them. What a window remembers of its
//! reader is no part of it: [`files::Preferences`], and [`files::Progress`] through the chapter.
//!
//! # Training on real data
//!
//! A model is a [`core::Field`] over its parameters like any other: the rows a step sees are a function of
//! the step's number ([`core::fields::Batches`]), the potential is the loss over those rows before the step, and
//! what else is worth knowing of a model (loss and accuracy over all rows) the field measures now and then
//! ([`core::Field::measure`]). Of a small model many seeds are trained at once, a particle each, with rows in an
//! order of its own and the loss over all rows as the potential ([`core::fields::Regression`]). Data that comes
//! with the program lives in [`data`]; what a reader brings is put on [`data::shelf()`], and a scene uses it when
//! a parameter of it says so. A file that is dropped, opened or named with `--data` is recognised by its bytes
//! ([`data::recognise()`]), and one table says which scene uses what ([`files::Door`]).
//!
//! The ConvNet's kernels are the crate's own: sixteen images side by side give the same bits on any machine and
//! by any number of threads, which a general matrix product does not promise, in less time than its products alone
//! would take (`cargo bench --bench products`). A run that takes long is kept on disk while it is made
//! ([`scenes::Snapshot`], [`files::keep::RunShelf`]) and gone on with, bit for bit, after a kill.
//!
//! # The log of somebody's run
//!
//! [`diagnose`] reads one column of a log, fits poles under two kinds of noise by likelihood, and says what the log
//! carries and what it does not. It knows nothing of how such a run is made; its tests hold it to logs that
//! [`core`] made, which have to lie in its intervals as often as it says.
//!
//! # From a figure to a finished file
//!
//! [`files::compose()`] puts views into one grid; [`export::layout()`] measures every word with the
//! faces it is printed in and places boxes, numbers, legends, callouts and insets on a page in
//! millimetres; [`export::draw`] turns layers into straight paths, marks, pictures and words, clipped
//! and thinned for print; the SVG and PGF writers only spell that drawing, and PDF and PNG are made
//! from the SVG. Parts carry identifiers, so that [`preflight`] can read the finished bytes back and
//! hold them to what publishers ask. The provenance inside every file leads back: [`files::restore()`].

#[cfg(feature = "gui")]
pub mod app;
pub mod cli;
pub mod core;
pub mod data;
pub mod diagnose;
pub mod export;
pub mod figure;
pub mod files;
pub mod formula;
pub mod param;
pub mod preflight;
pub mod scenes;
pub mod session;
pub mod text;
pub mod theory;
pub mod verify;
pub mod workloads;
