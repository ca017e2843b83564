//! From what was typed to the acts that fit it, the best first.

use super::{Act, all, run};
use crate::app::Desk;

/// How many acts are found at most.
const MOST: usize = 60;

/// The acts that fit `query`; all that can be done now for an empty one.
pub fn search(desk: &Desk<'_>, query: &str) -> Vec<Act> {
    let set = run::assignment(desk, query);
    let mut found: Vec<(i32, Act)> =
        all(desk).into_iter().filter(|a| a.ready).filter_map(|a| Some((score(query, &a)?, a))).collect();
    found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    set.into_iter().chain(found.into_iter().map(|(_, act)| act)).take(MOST).collect()
}

/// How well an act fits, by its name, its other names, or both after its group; `None` if not at all.
fn score(query: &str, act: &Act) -> Option<i32> {
    let name = fit(query, &act.name).map(|s| s + 8);
    let alias = fit(query, act.alias);
    let note = fit(query, &format!("{} {}", act.note, act.name)).map(|s| s - 8);
    [name, alias, note].into_iter().flatten().max()
}

/// How well `query` fits `text`: all its characters must occur in order; runs, starts of words and
/// short texts count more. `None` if they do not.
fn fit(query: &str, text: &str) -> Option<i32> {
    let folded = |s: &str| s.chars().flat_map(char::to_lowercase).collect::<Vec<char>>();
    let wanted: Vec<char> = folded(query).into_iter().filter(|c| !c.is_whitespace()).collect();
    let text = folded(text);
    let Some(first) = wanted.first() else { return Some(0) };
    let starts = (0..text.len()).filter(|i| text.get(*i) == Some(first));
    let best = starts.filter_map(|start| fit_from(&wanted, &text, start)).max()?;
    let least = 3 * wanted.len() as i32 - 2;
    (best >= least).then_some(best - (text.len() as i32) / 12)
}

/// The score of the characters found one after another from a place on.
fn fit_from(wanted: &[char], text: &[char], start: usize) -> Option<i32> {
    let (mut at, mut score, mut last) = (start, -((start as i32).min(6) / 2), None);
    for c in wanted {
        let found = at + text.get(at..)?.iter().position(|t| t == c)?;
        let starts = found == 0 || text.get(found - 1).is_some_and(|p| !p.is_alphanumeric());
        let continues = found > 0 && last == Some(found - 1);
        score += 1 + if continues { 6 } else { 0 } + if starts { 5 } else { 0 };
        // A gap within a word is worth less than one at its end.
        score -= ((found - at) as i32).min(6) / 2;
        (at, last) = (found + 1, Some(found));
    }
    Some(score)
}

#[cfg(test)]
mod tests {
    use super::fit;

    #[test]
    fn the_better_fit_scores_higher() {
        let table = [
            ("play", "Play", "Display of a play"),
            ("ph", "Phase portrait", "Slope height"),
            ("next ev", "To the next event", "Text never"),
            ("阻尼", "阻尼图谱", "图谱：欠阻尼"),
            ("dark", "Theme: Dark", "Drag a red kite"),
            ("derivative gain", "kd derivative gain", "Locus over: derivative gain"),
        ];
        for (query, better, worse) in table {
            let best = fit(query, better);
            assert!(best.is_some() && best > fit(query, worse), "{query}: {best:?} {:?}", fit(query, worse));
        }
        for (query, text) in [("xyz", "Play"), ("yalp", "Play"), ("playy", "Play")] {
            assert_eq!(fit(query, text), None, "{query}");
        }
        assert_eq!(fit("", "Play"), Some(0));
    }
}
