//! The whole of its parts.

use std::path::PathBuf;

use super::{Part, Shard, SweepError};
use crate::scenes::models::sweep::BLOCK;

/// Makes the whole map of all its parts, in any order, each with the file it comes from.
///
/// # Errors
/// One sentence: a part is missing, twice or not finished, or parts are of different maps.
pub fn merge(parts: &[(PathBuf, Part)]) -> Result<Part, SweepError> {
    let Some((first, model)) = parts.first() else { return Err(SweepError::NoParts) };
    for (path, part) in parts {
        let pair = || Box::new([first.clone(), path.clone()]);
        let differs = |what, here, there| SweepError::Parts(pair(), what, here, there);
        if let Some(fault) = SweepError::differ(&model.order, &part.order, differs) {
            return Err(fault);
        }
        if part.shard.of != model.shard.of {
            return Err(SweepError::Split(first.clone(), model.shard.of, path.clone(), part.shard.of));
        }
    }
    let mut by_index: Vec<&(PathBuf, Part)> = parts.iter().collect();
    by_index.sort_by_key(|(_, part)| part.shard.index);
    if let Some([(a, part), (b, _)]) = by_index.windows(2).map(|w| [w[0], w[1]]).find(|[a, b]| a.1.shard == b.1.shard) {
        return Err(SweepError::Twice(part.shard, a.clone(), b.clone()));
    }
    let of = model.shard.of;
    let missing: Vec<usize> =
        (1..=of).filter(|i| by_index.binary_search_by_key(i, |(_, part)| part.shard.index).is_err()).collect();
    if !missing.is_empty() {
        return Err(SweepError::Missing(missing, of));
    }
    if let Some((path, part)) = by_index.iter().find(|(_, part)| !part.is_finished()) {
        return Err(SweepError::Unfinished(path.clone(), part.values.len(), part.len()));
    }
    let mut values = Vec::with_capacity(model.order.len());
    let mut blocks: Vec<_> = by_index.iter().map(|(_, part)| part.values.chunks(BLOCK)).collect();
    while values.len() < model.order.len() {
        let before = values.len();
        blocks.iter_mut().filter_map(Iterator::next).for_each(|block| values.extend_from_slice(block));
        if values.len() == before {
            break;
        }
    }
    Ok(Part { order: model.order.clone(), shard: Shard::WHOLE, values })
}
