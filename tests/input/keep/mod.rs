//! Work is kept: preferences, sessions as files and as share text, recovery after a kill.

mod corpus;
mod damage;
mod figures;
mod opening;
mod preferences;
mod recovery;
mod runs;
mod sessions;
mod share;

use impetus::files::keep::Kept;
use impetus::scenes::{Lens, Opt, SCENES};
use impetus::session::{Command, MOST_TILES, Session, Side, Slot};
use rand::{Rng, RngExt as _, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

/// A source of chances that is the same every time.
fn dice(seed: u64) -> Xoshiro256PlusPlus {
    Xoshiro256PlusPlus::seed_from_u64(seed)
}

/// Something a person might do; what is refused changes nothing.
fn act(session: &Session, dice: &mut impl Rng) -> Command {
    let n = dice.random_range(0..10_usize);
    let specs: Vec<_> = session.scene().params().iter().collect();
    let live = session.is_from_now() && n > 1 && specs.iter().any(|s| s.live);
    let specs: Vec<_> = specs.into_iter().filter(|s| s.live || !live).collect();
    let spec = specs[dice.random_range(0..specs.len())];
    match dice.random_range(0..18_u32) {
        0..6 => {
            let [low, high] = spec.bounds();
            let share: f64 = dice.random();
            let value = low + (high - low) * share.powi(3);
            let whole = !matches!(spec.kind, impetus::param::Kind::Real { .. });
            Command::Set { id: spec.id.into(), value: if whole { value.min(low + 60.0).round() } else { value } }
        }
        6 => Command::Preset(n),
        7 => Command::Seed(dice.random()),
        8 => Command::Steps(dice.random_range(1..90)),
        9 => Command::Lens(Lens::ALL[n % 4]),
        10 => Command::Mode(n % 3),
        11 => Command::FromNow(n < 6),
        12 => Command::Seek(dice.random_range(1..40)),
        13 => Command::Pin,
        14 => Command::Brush((n > 2).then(|| [n as u64, dice.random_range(0..90)])),
        15 => Command::Choose(Opt::ALL[n % 5], dice.random_range(0..4)),
        16 => {
            let layout = session.look().layout.clone();
            let tile = dice.random_range(0..MOST_TILES);
            let side = [Side::Left, Side::Right, Side::Above, Side::Below][n % 4];
            Command::Arrange(match n {
                0..4 => layout.added(tile, side, Slot::View(["phase", "map", "7", "二 \"x\"/*,"][n % 4].into())),
                4 => layout.closed(tile),
                5 => layout.maximised(Some(tile)),
                6 => layout.widened(0, 0, dice.random_range(-0.3..0.3)),
                7 => layout.heightened(0, dice.random_range(-0.3..0.3)),
                _ => layout.swapped(tile, n),
            })
        }
        _ => {
            if n < 5 {
                Command::Speed(dice.random_range(0.005..120.0))
            } else {
                Command::Loop(n < 8)
            }
        }
    }
}

/// A session after chance acts; the same for the same seed.
fn chance_session(seed: u64) -> Session {
    let mut dice = dice(seed);
    let mut session = Session::open(SCENES[seed as usize % SCENES.len()]).unwrap();
    for _ in 0..dice.random_range(3..40) {
        let command = act(&session, &mut dice);
        // Refusals are part of life.
        let _ = session.apply(command);
        if session.plan().values.index("particles") > 300 {
            session.apply(Command::Set { id: "particles".into(), value: 80.0 }).unwrap();
        }
        session.advance(40);
    }
    session
}

fn chance(seed: u64) -> Kept {
    Kept::of(&chance_session(seed))
}

/// Equal in every bit: `==` takes 0 and −0 for the same.
fn same(a: &Kept, b: &Kept) -> bool {
    let bits = |k: &Kept| {
        let plans = std::iter::once(&k.document.plan).chain(&k.document.pins);
        let numbers = plans.flat_map(|p| {
            let values = p.values.specs().iter().map(|s| p.values.get(s.id).to_bits());
            values.chain(p.events.iter().map(|e| e.value.to_bits())).collect::<Vec<_>>()
        });
        numbers.collect::<Vec<_>>()
    };
    a == b && bits(a) == bits(b)
}
