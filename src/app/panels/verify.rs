//! The Verify window: every golden case run on a worker thread, in a table that can be filtered.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};

use egui::{Context, RichText, ScrollArea, TextEdit, Ui, Window, vec2};
use serde_json::Value;

use crate::app::theme::bold;
use crate::app::widgets::primary;
use crate::app::{Ask, Desk};
use crate::figure::Ink;
use crate::param::show_number;
use crate::scenes;
use crate::session::{Command, Plan};
use crate::text::{fill, ui as words};
use crate::verify::{CaseResult, Order, SceneJob, Verdict, bundled, observed_orders, run_case, scene_jobs, scene_of};

/// Height of a row of the table.
const ROW: f32 = 20.0;

/// A run of all cases in the background.
struct Job {
    results: Receiver<(CaseResult, Value)>,
    cancel: Arc<AtomicBool>,
    total: usize,
}

/// The window and what it has found so far.
#[derive(Default)]
pub struct VerifyPanel {
    /// Whether it is on display.
    pub open: bool,
    job: Option<Job>,
    done: Vec<(CaseResult, Value)>,
    filter: String,
    only_faults: bool,
    chosen: Option<usize>,
    orders: Option<Vec<Order>>,
}

impl Drop for VerifyPanel {
    fn drop(&mut self) {
        self.cancel();
    }
}

impl VerifyPanel {
    fn cancel(&mut self) {
        if let Some(job) = self.job.take() {
            job.cancel.store(true, Ordering::Relaxed);
        }
    }

    fn start(&mut self, ctx: &Context) {
        self.cancel();
        self.done.clear();
        self.chosen = None;
        let books = bundled();
        let scenes = scene_jobs();
        let total =
            books.iter().map(|b| b.cases.len()).sum::<usize>() + scenes.iter().map(SceneJob::len).sum::<usize>();
        let (send, results) = channel();
        let cancel = Arc::new(AtomicBool::new(false));
        let (stop, ctx) = (cancel.clone(), ctx.clone());
        std::thread::spawn(move || {
            for book in &books {
                for (i, case) in book.cases.iter().enumerate() {
                    if stop.load(Ordering::Relaxed) || send.send((run_case(book, i), case.inputs.clone())).is_err() {
                        return;
                    }
                    ctx.request_repaint();
                }
            }
            for job in &scenes {
                let results = if stop.load(Ordering::Relaxed) { return } else { job.run() };
                if results.into_iter().any(|result| send.send((result, job.inputs())).is_err()) {
                    return;
                }
                ctx.request_repaint();
            }
        });
        self.job = Some(Job { results, cancel, total });
    }

    /// Shows the window if it is open.
    pub fn show(&mut self, ctx: &Context, desk: &mut Desk<'_>) {
        if !self.open {
            return;
        }
        if self.job.is_none() {
            self.start(ctx);
        }
        if let Some(job) = &self.job {
            self.done.extend(job.results.try_iter());
        }
        let mut open = true;
        let size = ctx.content_rect().size();
        Window::new(desk.say(words::VERIFY_TITLE))
            .open(&mut open)
            .collapsible(false)
            .pivot(egui::Align2::CENTER_CENTER)
            .default_pos(ctx.content_rect().center())
            .default_size(vec2((0.75 * size.x).min(960.0), (0.75 * size.y).min(640.0)))
            .max_size(size - vec2(40.0, 80.0))
            .show(ctx, |ui| self.contents(ui, desk));
        if !open {
            desk.asks.push(Ask::Verify(false));
        }
    }

    fn contents(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        let count = |fits: fn(&Verdict) -> bool| self.done.iter().filter(|(r, _)| fits(&r.verdict)).count();
        let passed = count(|v| *v == Verdict::Pass);
        let failed = count(|v| matches!(v, Verdict::Fail | Verdict::Malformed(_)));
        let all = self.job.as_ref().map_or(0, |j| j.total);
        ui.horizontal(|ui| {
            let left = self.done.len() - passed - failed;
            let parts = [passed, all, failed, left].map(|n| n.to_string());
            let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
            ui.label(RichText::new(fill(desk.say(words::VERIFY_SCORE), &parts)).font(bold(15.0)));
            if self.done.len() < all {
                ui.add(egui::ProgressBar::new(self.done.len() as f32 / all.max(1) as f32).desired_width(160.0));
                if ui.button(desk.say(words::CANCEL)).clicked() {
                    desk.asks.push(Ask::Verify(false));
                }
            }
        });
        ui.horizontal(|ui| {
            let label = ui.label(desk.say(words::VERIFY_FILTER));
            ui.add(TextEdit::singleline(&mut self.filter).desired_width(220.0).char_limit(80)).labelled_by(label.id);
            ui.checkbox(&mut self.only_faults, desk.say(words::VERIFY_FAULTS));
        });
        ui.separator();
        let table = (ui.available_height() * 0.55).max(120.0);
        ScrollArea::vertical().id_salt("cases").max_height(table).auto_shrink([false, false]).show_rows(
            ui,
            ROW,
            self.shown().len(),
            |ui, rows| self.table(ui, desk, rows),
        );
        ui.separator();
        self.orders(ui, desk);
        self.details(ui, desk);
    }

    /// The order every integrator shows when it is stepped, beside the order it should have.
    fn orders(&mut self, ui: &mut Ui, desk: &Desk<'_>) {
        egui::CollapsingHeader::new(desk.say(words::VERIFY_ORDERS)).show(ui, |ui| {
            let orders = self.orders.get_or_insert_with(observed_orders);
            egui::Grid::new("orders").num_columns(4).spacing(vec2(14.0, 2.0)).show(ui, |ui| {
                for word in [words::VERIFY_KEY, words::PREDICTED, words::MEASURED, words::VERIFY_OFF] {
                    ui.label(RichText::new(desk.say(word)).small().color(desk.skin.quiet));
                }
                ui.end_row();
                for order in orders.iter() {
                    ui.label(order.scheme.key());
                    ui.label(order.nominal.map_or_else(|| "∞".into(), |p| p.to_string()));
                    ui.label(if order.observed.is_nan() { "–".into() } else { format!("{:.3}", order.observed) });
                    ui.label(show_number(order.error));
                    ui.end_row();
                }
            });
        });
    }

    /// Indices of the cases that pass the filter.
    fn shown(&self) -> Vec<usize> {
        let wanted = self.filter.trim().to_lowercase();
        let fits = |r: &CaseResult| {
            (!self.only_faults || r.verdict != Verdict::Pass)
                && (wanted.is_empty() || format!("{} {} {}", r.section, r.id, r.kind).to_lowercase().contains(&wanted))
        };
        (0..self.done.len()).filter(|i| fits(&self.done[*i].0)).collect()
    }

    fn table(&mut self, ui: &mut Ui, desk: &Desk<'_>, rows: std::ops::Range<usize>) {
        ui.spacing_mut().item_spacing.y = 0.0;
        let shown = self.shown();
        for i in shown.get(rows).unwrap_or(&[]) {
            let (result, _) = &self.done[*i];
            let (word, ink) = match result.verdict {
                Verdict::Pass => (words::VERIFY_PASS, Ink::Controller),
                Verdict::NotCovered(_) => (words::VERIFY_OPEN, Ink::Amber),
                Verdict::Fail => (words::VERIFY_FAIL, Ink::Danger),
                Verdict::Malformed(_) => (words::VERIFY_BAD, Ink::Danger),
            };
            ui.horizontal(|ui| {
                ui.set_height(ROW);
                ui.spacing_mut().button_padding.y = 0.0;
                let verdict = RichText::new(desk.say(word)).color(desk.skin.ink(ink));
                ui.add_sized(vec2(86.0, ROW), egui::Label::new(verdict).halign(egui::Align::LEFT));
                let name = format!("{}   {}", result.id, result.kind);
                if ui.selectable_label(self.chosen == Some(*i), name).clicked() {
                    self.chosen = Some(*i);
                }
            });
        }
    }

    /// Every comparison of the chosen case, and the way to the bench.
    fn details(&self, ui: &mut Ui, desk: &mut Desk<'_>) {
        let Some((result, inputs)) = self.chosen.and_then(|i| self.done.get(i)) else {
            ui.label(RichText::new(desk.say(words::VERIFY_HINT)).color(desk.skin.quiet));
            return;
        };
        ui.horizontal(|ui| {
            ui.label(RichText::new(&result.id).font(bold(14.0)));
            ui.label(RichText::new(&result.source).small().color(desk.skin.quiet));
        });
        if let Some(reason) = result.verdict.reason() {
            ui.label(reason);
        }
        if let Some(plan) = bench(result, inputs)
            && primary(ui, &desk.skin, desk.say(words::VERIFY_JUMP)).clicked()
        {
            desk.push(Command::Open(plan));
            desk.asks.push(Ask::Verify(false));
        }
        ScrollArea::both().id_salt("checks").auto_shrink([false, false]).show(ui, |ui| {
            egui::Grid::new("checks").num_columns(6).spacing(vec2(14.0, 3.0)).striped(true).show(ui, |ui| {
                for word in
                    [words::VERIFY_WAY, words::VERIFY_KEY, words::VERIFY_WANTED, words::VERIFY_GOT, words::VERIFY_OFF]
                {
                    ui.label(RichText::new(desk.say(word)).small().color(desk.skin.quiet));
                }
                ui.end_row();
                for check in &result.checks {
                    let ink = if check.pass { Ink::Controller } else { Ink::Danger };
                    ui.label(check.way.key());
                    ui.label(RichText::new(format!("{}{}", check.key, check.place)).color(desk.skin.ink(ink)));
                    ui.label(&check.wanted);
                    ui.label(&check.got);
                    ui.label(check.difference.map_or_else(String::new, show_number));
                    ui.end_row();
                }
            });
        });
    }
}

/// The run that shows a case on the bench, if a scene shows it.
fn bench(result: &CaseResult, inputs: &Value) -> Option<Plan> {
    if let Some((scene, values, steps)) = scene_of(inputs) {
        return Some(Plan { values, steps, ..Plan::new(scene) });
    }
    let values = one_machine(result, inputs);
    let mut plan = Plan::new(scenes::find("one-machine").filter(|_| !values.is_empty())?);
    for (id, value) in values {
        plan.scene.write(id, value, &mut plan.values, 0).ok()?;
    }
    Some(plan)
}

/// The values of the one machine that show a case; empty if it does not.
fn one_machine(result: &CaseResult, inputs: &Value) -> Vec<(&'static str, f64)> {
    let number = |key: &str| inputs.get(key).and_then(Value::as_f64);
    let start = |i: usize| inputs.get("x0").and_then(|x| x.get(i)).and_then(Value::as_f64);
    if let ("d2l", Some(eta), Some(gamma)) = (result.kind.as_str(), number("eta"), number("gamma")) {
        let mut values = vec![("eta", eta), ("beta", gamma)];
        values.extend(start(0).map(|x| ("x1", x)));
        values.extend(start(1).map(|x| ("x2", x)));
        return values;
    }
    let one_mode = ["hb_modes", "hb_response", "steps_to_eps", "pole_match", "interpolant", "hb_noise", "acf"];
    match (number("q"), number("beta")) {
        (Some(q), Some(beta)) if q > 0.0 && one_mode.contains(&result.kind.as_str()) => {
            vec![("problem", 0.0), ("lambda1", 1.0), ("x1", 1.0), ("eta", q), ("beta", beta)]
        }
        _ => Vec::new(),
    }
}
