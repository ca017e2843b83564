//! What is swept, as it is typed: `eta:0.01:4:64:log`.

use super::SweepArguments;
use crate::cli::Usage;
use crate::cli::page::number;
use crate::figure::Scale;
use crate::files::sweep::MOST_CELLS;
use crate::param::{Kind, ParamError, Values};
use crate::scenes::View;
use crate::scenes::models::sweep::{FINEST, Survey, Swept, chosen};
use crate::text::{Lang, fill, t};

/// Both axes with their cells: as typed, or as the window shows them.
pub fn axes(
    arguments: &SweepArguments,
    survey: &dyn Survey,
    values: &Values,
    view: View,
    lang: Lang,
) -> Result<([Swept; 2], [usize; 2]), Usage> {
    let usual = match &arguments.cells {
        Some(text) => cells("--cells", text, lang)?,
        None => FINEST,
    };
    let declared = survey.swept(values, view);
    let typed = |option, text: &Option<String>| {
        text.as_deref().map(|text| Typed { option, text, values, declared: &declared, usual, lang }.axis()).transpose()
    };
    let [x, y] = [typed("--x", &arguments.x)?, typed("--y", &arguments.y)?];
    let [first, second] = chosen(survey, values, view).ok_or_else(|| super::measure::nothing(lang))?;
    let beside = |taken: Option<&(Swept, usize)>, wanted: Swept, other: Swept| {
        let free = taken.is_none_or(|(swept, _)| swept.spec.id != wanted.spec.id);
        (if free { wanted } else { other }, usual)
    };
    let [x, y] = match (x, y) {
        (Some(x), Some(y)) => [x, y],
        (x, Some(y)) => [x.unwrap_or(beside(Some(&y), first, second)), y],
        (Some(x), None) => [x, beside(Some(&x), second, first)],
        (None, None) => [(first, usual), (second, usual)],
    };
    if x.0.spec.id == y.0.spec.id {
        let text = t("--x and --y are both {}; a map has two parameters", "--x 与 --y 同为 {}；一幅图需要两个参数");
        return Err(Usage(fill(text.get(lang), &[x.0.spec.id])));
    }
    Ok(([x.0, y.0], [x.1, y.1]))
}

fn cells(option: &str, text: &str, lang: Lang) -> Result<usize, Usage> {
    let count = number(option, text, [1.0, MOST_CELLS as f64], t("cells", "格").get(lang), lang)?;
    if count.fract() == 0.0 {
        return Ok(count as usize);
    }
    let sentence = t("{} takes a whole number of cells, not “{}”", "{} 需要整数格数，而不是“{}”");
    Err(Usage(fill(sentence.get(lang), &[option, text])))
}

/// An axis being read.
struct Typed<'a> {
    option: &'static str,
    text: &'a str,
    values: &'a Values,
    declared: &'a [Swept],
    usual: usize,
    lang: Lang,
}

impl Typed<'_> {
    fn axis(&self) -> Result<(Swept, usize), Usage> {
        let parts: Vec<&str> = self.text.split(':').map(str::trim).collect();
        let (id, scale, rest) = match parts[..] {
            [id] => return Ok((self.declared(id)?, self.usual)),
            [id, from, to] => (id, Scale::Linear, (from, to, None)),
            [id, from, to, cells] => (id, Scale::Linear, (from, to, Some(cells))),
            [id, from, to, cells, "linear"] => (id, Scale::Linear, (from, to, Some(cells))),
            [id, from, to, cells, "log"] => (id, Scale::Log, (from, to, Some(cells))),
            _ => return Err(self.grammar()),
        };
        let (from, to, count) = rest;
        let refuse = |e: ParamError| Usage(e.say(self.lang));
        let spec = self.values.spec(id).map_err(refuse)?;
        if !matches!(spec.kind, Kind::Real { .. }) {
            return Err(
                self.say(t("{} cannot be swept over {}, which is no real number", "{} 不能扫描 {}，它不是实数"), &[id])
            );
        }
        let range = [spec.read(from).map_err(refuse)?, spec.read(to).map_err(refuse)?];
        if !(range[0] < range[1]) {
            return Err(
                self.say(t("{} runs from {} to {}, which is not upwards", "{} 从 {} 到 {}，不是递增的"), &[from, to])
            );
        }
        if scale == Scale::Log && range[0] <= 0.0 {
            return Err(self
                .say(t("{} is logarithmic from {}, which must be above 0", "{} 为对数轴，起点 {} 须大于 0"), &[from]));
        }
        let cells = count.map_or(Ok(self.usual), |text| cells(self.option, text, self.lang))?;
        Ok((Swept { spec, range, scale }, cells))
    }

    fn declared(&self, id: &str) -> Result<Swept, Usage> {
        let found = self.declared.iter().find(|s| s.spec.id == id).copied();
        found.ok_or_else(|| {
            let valid: Vec<&str> = self.declared.iter().map(|s| s.spec.id).collect();
            self.say(
                t(
                    "{} {} needs a range, as ID:FROM:TO; without one there are: {}",
                    "{} {} 需要范围，格式为 ID:FROM:TO；可省略范围的有：{}",
                ),
                &[id, &valid.join(", ")],
            )
        })
    }

    fn grammar(&self) -> Usage {
        self.say(
            t("{} takes ID:FROM:TO:CELLS[:log], not “{}”", "{} 的格式是 ID:FROM:TO:CELLS[:log]，而不是“{}”"),
            &[self.text],
        )
    }

    fn say(&self, text: crate::text::Text, parts: &[&str]) -> Usage {
        let parts: Vec<&str> = std::iter::once(self.option).chain(parts.iter().copied()).collect();
        Usage(fill(text.get(self.lang), &parts))
    }
}
