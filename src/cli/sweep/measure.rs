//! The measuring of a map or of one part of it, gone on with where it was left.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::progress::Progress;
use super::{Outs, SweepArguments, axis};
use crate::cli::{Usage, run};
use crate::export::ExportError;
use crate::files::amend;
use crate::files::sweep::{Begun, Order, Part, Shard, begun};
use crate::scenes::models::sweep::{Survey, Sweep, work};
use crate::scenes::{Scene, View};
use crate::session::Document;
use crate::text::{Lang, fill, t};

/// How often the part is written while it grows.
const SAVE: Duration = Duration::from_secs(2);

/// Measures what is missing of the part that was asked for.
pub fn measure(arguments: &SweepArguments, outs: &Outs<'_>, lang: Lang) -> anyhow::Result<Part> {
    let order = order(arguments, lang)?;
    let shard = shard(arguments, outs, lang)?;
    let mut part = Part::new(order, shard);
    if let Some(path) = outs.json.filter(|_| !arguments.fresh)
        && let Begun::Values(values) = begun(&part, path).map_err(|e| anyhow::anyhow!(e.say(lang)))?
    {
        part.values = values;
    }
    let fail = |e: ExportError| anyhow::anyhow!(e.say(lang));
    // What cannot be saved is not measured first.
    outs.save_part(&part).map_err(fail)?;
    if !part.is_finished() {
        grow(&mut part, arguments, outs, lang).map_err(fail)?;
        outs.save_part(&part).map_err(fail)?;
    }
    Ok(part)
}

/// Measures what is missing, and writes the part now and then.
fn grow(part: &mut Part, arguments: &SweepArguments, outs: &Outs<'_>, lang: Lang) -> Result<(), ExportError> {
    let threads =
        arguments.threads.or_else(|| std::thread::available_parallelism().ok()).map_or(1, std::num::NonZero::get);
    let (order, shard, from) = (part.order.clone(), part.shard, part.values.len());
    let cell = move |k| shard.cell(k);
    let stop = AtomicBool::new(false);
    let mut progress = Progress::new(part.len(), from, arguments.quiet, lang);
    let (mut saved, mut fault, mut every) = (Instant::now(), None, SAVE);
    work(order.errand(shard, from, &cell), threads, &stop, &mut |block| {
        part.values.extend_from_slice(block);
        progress.show(part.values.len());
        if saved.elapsed() >= every && fault.is_none() {
            let began = Instant::now();
            fault = outs.save_part(part).err();
            stop.store(fault.is_some(), Ordering::Relaxed);
            saved = Instant::now();
            // What takes long to write is written less often.
            every = SAVE.max(20 * (saved - began));
        }
    });
    progress.end();
    fault.map_or(Ok(()), Err)
}

fn shard(arguments: &SweepArguments, outs: &Outs<'_>, lang: Lang) -> Result<Shard, Usage> {
    let Some(text) = &arguments.shard else { return Ok(Shard::WHOLE) };
    let shard = Shard::parse(text).ok_or_else(|| {
        let sentence =
            t("--shard takes I/N with 1 ≤ I ≤ N ≤ {}, not “{}”", "--shard 的格式是 I/N（1 ≤ I ≤ N ≤ {}），而不是“{}”");
        Usage(fill(sentence.get(lang), &[&Shard::MOST.to_string(), text]))
    })?;
    if !shard.is_whole() && (outs.json.is_none() || !outs.figures.is_empty()) {
        let text = t(
            "a shard is saved in one .json file; `impetus sweep --merge` makes figures of all",
            "分片只保存为一个 .json 文件；图形由 `impetus sweep --merge` 用全部分片生成",
        );
        return Err(Usage(text.get(lang).into()));
    }
    Ok(shard)
}

/// What the arguments ask for.
fn order(arguments: &SweepArguments, lang: Lang) -> anyhow::Result<Order> {
    let name = arguments.scene.as_deref().unwrap_or_default();
    let Document { mut plan, look, .. } = run::start(name, &arguments.world, lang)?.document;
    arguments.data.lend(&mut plan, lang)?;
    if !plan.events.is_empty() {
        let text = t("changes in mid-run are left out of a sweep", "扫描不含运行中途的改变");
        eprintln!("impetus: {}", text.get(lang));
    }
    let pairs = arguments.set.iter().map(|p| run::split(p, lang)).collect::<Result<Vec<_>, _>>()?;
    let mode = arguments.mode.unwrap_or(look.mode + 1);
    amend(&mut plan, pairs, mode.saturating_sub(1)).map_err(|e| Usage(e.say(lang)))?;
    run::has_mode(&*plan.scene, &plan.values, mode, lang)?;
    let lens = match &arguments.lens {
        Some(name) => run::lens(name, plan.scene.lenses(), lang)?,
        None => look.lens,
    };
    let view = View { lens, mode: mode - 1, options: look.options, ..View::new(lang) };
    let survey = survey(&*plan.scene, lang)?;
    let (axes, cells) = axis::axes(arguments, survey, &plan.values, view, lang)?;
    let quantity = quantity(arguments, survey, view, lang)?;
    let seed = arguments.seed.unwrap_or(plan.seed);
    let sweep = Sweep::over(&plan.scene, &plan.values, seed, view, axes, quantity).ok_or_else(|| nothing(lang))?;
    Ok(Order::new(sweep, cells))
}

fn survey(scene: &dyn Scene, lang: Lang) -> Result<&dyn Survey, Usage> {
    scene.survey().ok_or_else(|| nothing(lang))
}

pub fn nothing(lang: Lang) -> Usage {
    Usage(t("there is nothing to sweep in this scene", "此场景没有可扫描的参数").get(lang).into())
}

/// The index of what is measured: as asked, or as the session has it chosen.
fn quantity(arguments: &SweepArguments, survey: &dyn Survey, view: View, lang: Lang) -> Result<usize, Usage> {
    let all = survey.quantities();
    let Some(name) = &arguments.quantity else {
        return Ok(view.options.get(crate::scenes::Opt::Quantity).min(all.len().saturating_sub(1)));
    };
    all.iter().position(|q| q.choice.id == name).ok_or_else(|| {
        let valid: Vec<&str> = all.iter().map(|q| q.choice.id).collect();
        let text = t("there is no quantity “{}”; there are: {}", "没有测量量“{}”；可用的有：{}");
        Usage(fill(text.get(lang), &[name, &valid.join(", ")]))
    })
}
