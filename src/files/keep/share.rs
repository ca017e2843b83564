//! A session as one line: `impetus:one-machine?eta=0.1&steps=60&at=12&lens=spring`.
//!
//! It holds what differs from the scene's defaults; of a pinned run, what differs from the run. What is
//! neither a letter nor a digit is percent-encoded in every name and value, so that `? & ; = : , / *`
//! only ever divide. A parameter named like one of the words of this file is written `set.NAME`.

use super::fault::{KeepError, Place, Why, clip};
use super::look::{choose, lens, modes, usual_lens};
use super::percent::{decode, encode};
use super::write::{chosen, differing};
use super::{Kept, LONGEST, scene};
use crate::files::event;
use crate::files::plan::event_texts;
use crate::scenes::Opt;
use crate::session::{Document, Layout, Look, MOST_STEPS, MOST_TILES, Plan, Playback, Row, Slot, Tile};
use crate::text::{Text, keep as words};

/// What every share text begins with.
pub(super) const SCHEME: &str = "impetus:";

/// The words that name something else than a parameter.
const WORDS: [&str; 15] = [
    "source", "steps", "seed", "event", "pin", "at", "lens", "mode", "brush", "tiles", "full", "speed", "loop",
    "from-now", "set",
];

/// The line.
pub(super) fn write(kept: &Kept) -> String {
    let Kept { document: Document { plan, pins, look }, clock, .. } = kept;
    let mut parts = Vec::new();
    if let Some(source) = plan.scene.source() {
        parts.push(format!("source={}", encode(source)));
    }
    parts.extend(run(plan, &Plan::new(plan.scene.clone())));
    let mut put = |differs: bool, name: &str, value: String| {
        if differs {
            parts.push(format!("{name}={value}"));
        }
    };
    put(clock.now != 0, "at", clock.now.to_string());
    put(look.lens != usual_lens(plan), "lens", look.lens.id().to_owned());
    put(look.mode != 0, "mode", (look.mode + 1).to_string());
    for (opt, id) in chosen(plan, look) {
        put(true, opt.id(), encode(id));
    }
    let [first, last] = look.brush.unwrap_or_default();
    put(look.brush.is_some(), "brush", format!("{first}:{last}"));
    for pin in pins {
        put(true, "pin", run(pin, plan).join(";"));
    }
    put(look.layout.rows != Layout::default().rows, "tiles", tiles(&look.layout));
    put(look.layout.maximised.is_some(), "full", look.layout.maximised.unwrap_or_default().to_string());
    put(clock.speed != 1.0, "speed", clock.speed.to_string());
    put(clock.looped, "loop", "on".into());
    put(clock.from_now, "from-now", "on".into());
    let mark = if parts.is_empty() { "" } else { "?" };
    format!("{SCHEME}{}{mark}{}", encode(plan.scene.meta().id), parts.join("&"))
}

/// Whether a name is taken by something that is no parameter.
fn is_word(name: &str) -> bool {
    WORDS.contains(&name) || Opt::ALL.iter().any(|o| o.id() == name)
}

/// What defines a run, as far as it differs from another.
fn run(plan: &Plan, other: &Plan) -> Vec<String> {
    let set = |id: &str| if is_word(id) { format!("set.{}", encode(id)) } else { encode(id) };
    let mut parts: Vec<String> =
        differing(plan, other).map(|(s, v)| format!("{}={}", set(s.id), encode(&s.text(v)))).collect();
    if plan.steps != other.steps {
        parts.push(format!("steps={}", plan.steps));
    }
    if plan.seed != other.seed {
        parts.push(format!("seed={}", plan.seed));
    }
    let events = event_texts(plan).into_iter();
    parts.extend(events.map(|(at, id, text)| format!("event={at}:{}={}", encode(&id), encode(&text))));
    parts
}

fn tiles(layout: &Layout) -> String {
    let slot = |slot: &Slot| match slot {
        Slot::Usual(place) => place.to_string(),
        // A name of digits alone must not be taken for a place.
        Slot::View(view) if is_number(view) => view.bytes().map(|b| format!("%{b:02X}")).collect(),
        Slot::View(view) => encode(view),
    };
    let tile = |t: &Tile| format!("{}*{}", slot(&t.slot), t.share);
    let row = |r: &Row| format!("{}:{}", r.share, r.tiles.iter().map(tile).collect::<Vec<_>>().join(","));
    layout.rows.iter().map(row).collect::<Vec<_>>().join("/")
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// A piece of the line and how many characters come before it.
#[derive(Clone, Copy)]
struct Piece<'t> {
    text: &'t str,
    before: usize,
}

impl<'t> Piece<'t> {
    fn fault(self, why: impl Into<Why>) -> KeepError {
        why.into().at(Place::Character(self.before + 1))
    }

    /// The parts between `mark`s.
    fn split(self, mark: char) -> impl Iterator<Item = Piece<'t>> {
        let mut before = self.before;
        self.text.split(mark).map(move |text| {
            let piece = Piece { text, before };
            before += text.chars().count() + 1;
            piece
        })
    }

    /// What comes before and after the first `mark`.
    fn cut(self, mark: char) -> Option<(Piece<'t>, Piece<'t>)> {
        let (head, tail) = self.text.split_once(mark)?;
        let before = self.before + head.chars().count() + 1;
        Some((Piece { text: head, ..self }, Piece { text: tail, before }))
    }

    fn plain(self) -> Result<String, KeepError> {
        decode(self.text).ok_or_else(|| self.fault(Why::NotPercent))
    }

    fn whole(self, name: &str, [low, high]: [u64; 2]) -> Result<u64, KeepError> {
        let number = if is_number(self.text) { self.text.parse().ok() } else { None };
        number.filter(|n| (low..=high).contains(n)).ok_or_else(|| self.fault(Why::Range(name.into(), [low, high])))
    }

    fn number(self, name: &str) -> Result<f64, KeepError> {
        let number = self.text.parse().ok().filter(|x: &f64| x.is_finite());
        number.ok_or_else(|| self.wants(name, words::A_NUMBER))
    }

    fn wants(self, name: &str, wanted: Text) -> KeepError {
        self.fault(Why::Kind(clip(name), wanted))
    }
}

/// Reads the line; blanks around it are ignored.
pub(super) fn read(text: &str) -> Result<Kept, KeepError> {
    if text.len() > LONGEST {
        return Err(Why::TooLong(LONGEST).at(Place::Whole));
    }
    let before = text.chars().take_while(|c| c.is_whitespace()).count();
    let all = Piece { text: text.trim(), before };
    let Some(line) = all.text.strip_prefix(SCHEME) else { return Err(all.fault(Why::NotShared)) };
    let line = Piece { text: line, before: before + SCHEME.len() };
    let (name, pairs) = match line.cut('?') {
        Some((name, rest)) => (name, rest.split('&').filter(|p| !p.text.is_empty()).collect::<Vec<_>>()),
        None => (line, Vec::new()),
    };
    let pairs =
        pairs.into_iter().map(|p| p.cut('=').ok_or_else(|| p.fault(Why::NotShared))).collect::<Result<Vec<_>, _>>()?;
    let source = pairs.iter().find(|(key, _)| key.text == "source").map(|(_, value)| value.plain()).transpose()?;
    let found = scene(&name.plain()?, source.as_deref()).map_err(|e| name.fault(e))?;
    let mut plan = Plan::new(found);
    let mut rest = Vec::new();
    for (key, value) in pairs {
        if !defines(key, value, &mut plan)? {
            rest.push((key, value));
        }
    }
    let look = Look { lens: usual_lens(&plan), ..Look::default() };
    let mut kept = Kept::new(Document { plan, pins: Vec::new(), look });
    rest.into_iter().try_for_each(|(key, value)| turn(key, value, &mut kept))?;
    kept.document.look.layout = kept.document.look.layout.sound();
    Ok(kept)
}

/// Takes what defines a run; whether it did.
fn defines(key: Piece<'_>, value: Piece<'_>, plan: &mut Plan) -> Result<bool, KeepError> {
    match key.text {
        "steps" => plan.steps = value.whole("steps", [1, MOST_STEPS])?,
        "seed" => plan.seed = value.whole("seed", [0, u64::MAX])?,
        "event" => {
            let parts = value.cut(':').and_then(|(at, rest)| Some((at, rest.cut('=')?)));
            let (at, (id, text)) = parts.ok_or_else(|| value.wants("event", words::AN_EVENT))?;
            let at = at.whole("event", [0, MOST_STEPS])?;
            event(plan, at, &id.plain()?, &text.plain()?).map_err(|e| id.fault(e))?;
        }
        word if is_word(word) => return Ok(false),
        name => {
            let bare = key.text.strip_prefix("set.").unwrap_or(name);
            let id = Piece { text: bare, ..key }.plain()?;
            let text = value.plain()?;
            let number = plan.values.spec(&id).map_err(|e| key.fault(e))?.read(&text).map_err(|e| value.fault(e))?;
            plan.values.set(&id, number).map_err(|e| value.fault(e))?;
        }
    }
    Ok(true)
}

/// Takes what says how a run is compared, looked at and played.
fn turn(key: Piece<'_>, value: Piece<'_>, kept: &mut Kept) -> Result<(), KeepError> {
    let Kept { document: Document { plan, pins, look }, clock, .. } = kept;
    match key.text {
        "pin" if pins.len() < Document::MOST_PINS => pins.push(pin(value, plan)?),
        "pin" => return Err(key.fault(Why::TooMany("pin".into(), Document::MOST_PINS))),
        "at" => clock.now = value.whole("at", [0, plan.steps])?,
        "speed" => clock.speed = value.number("speed")?.clamp(Playback::SPEEDS[0], Playback::SPEEDS[1]),
        "loop" => clock.looped = on(value, "loop")?,
        "from-now" => clock.from_now = on(value, "from-now")?,
        "lens" => look.lens = lens(value.text, plan).map_err(|e| value.fault(e))?,
        "mode" => look.mode = value.whole("mode", [1, modes(plan) as u64])? as usize - 1,
        "brush" => look.brush = Some(brush(value, plan.steps)?),
        "tiles" => look.layout.rows = rows(value)?,
        "full" => look.layout.maximised = Some(value.whole("full", [0, MOST_TILES as u64 - 1])? as usize),
        name => {
            if let Some(opt) = Opt::ALL.into_iter().find(|o| o.id() == name) {
                choose(&mut look.options, opt, &value.plain()?, plan).map_err(|e| value.fault(e))?;
            }
        }
    }
    Ok(())
}

fn pin(value: Piece<'_>, plan: &Plan) -> Result<Plan, KeepError> {
    let mut pin = Plan { events: Vec::new(), ..plan.clone() };
    for part in value.split(';').filter(|p| !p.text.is_empty()) {
        let (key, value) = part.cut('=').ok_or_else(|| part.fault(Why::NotShared))?;
        if !defines(key, value, &mut pin)? {
            return Err(key.fault(Why::one_of("pin", key.text, pin.values.specs().iter().map(|s| s.id))));
        }
    }
    Ok(pin)
}

fn on(value: Piece<'_>, name: &str) -> Result<bool, KeepError> {
    match value.text {
        "on" => Ok(true),
        "off" => Ok(false),
        other => Err(value.fault(Why::one_of(name, other, ["on", "off"]))),
    }
}

fn brush(value: Piece<'_>, steps: u64) -> Result<[u64; 2], KeepError> {
    let wrong = || value.wants("brush", words::A_STRETCH);
    let (first, last) = value.cut(':').ok_or_else(wrong)?;
    let [first, last] = [first.whole("brush", [0, steps])?, last.whole("brush", [0, steps])?];
    if first < last { Ok([first, last]) } else { Err(wrong()) }
}

fn rows(value: Piece<'_>) -> Result<Vec<Row>, KeepError> {
    let row = |piece: Piece<'_>| {
        let (share, tiles) = piece.cut(':').ok_or_else(|| piece.wants("tiles", words::TILES))?;
        let tiles = tiles.split(',').take(MOST_TILES + 1).map(tile).collect::<Result<_, _>>()?;
        Ok(Row { share: share.number("tiles")?, tiles })
    };
    value.split('/').take(MOST_TILES + 1).map(row).collect()
}

fn tile(piece: Piece<'_>) -> Result<Tile, KeepError> {
    let (slot, share) = piece.cut('*').ok_or_else(|| piece.wants("tiles", words::TILES))?;
    let slot = if is_number(slot.text) {
        Slot::Usual(slot.whole("tiles", [0, MOST_TILES as u64 - 1])? as usize)
    } else {
        Slot::View(slot.plain()?)
    };
    Ok(Tile { slot, share: share.number("tiles")? })
}
