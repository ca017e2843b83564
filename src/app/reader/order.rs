//! The order of the chapter, and what a search of it finds.

use crate::scenes::{Group, SCENES, Scene};
use crate::text::Lang;

/// The parts of the chapter in their order, each with its scenes in the order of the list.
pub fn chapter() -> Vec<(Group, Vec<&'static dyn Scene>)> {
    let mut parts: Vec<(Group, Vec<&'static dyn Scene>)> = Vec::new();
    for scene in SCENES {
        let group = scene.meta().group;
        match parts.iter_mut().find(|(known, _)| *known == group) {
            Some((_, scenes)) => scenes.push(*scene),
            None => parts.push((group, vec![*scene])),
        }
    }
    parts.sort_by_key(|(group, _)| *group as usize);
    parts
}

/// All scenes, in the order of the chapter.
pub fn scenes() -> Vec<&'static dyn Scene> {
    chapter().into_iter().flat_map(|(_, scenes)| scenes).collect()
}

/// The scenes before and after this one.
pub fn neighbours(id: &str) -> [Option<&'static dyn Scene>; 2] {
    let all = scenes();
    let Some(at) = all.iter().position(|scene| scene.meta().id == id) else { return [None, None] };
    let get = |i: Option<usize>| i.and_then(|i| all.get(i)).copied();
    [get(at.checked_sub(1)), get(at.checked_add(1))]
}

/// Whether every word of a query occurs in what is said of a scene, in either language: title, question,
/// group, identifier. A number is one of its rows, or stands in a text by itself.
pub fn fits(query: &str, scene: &dyn Scene) -> bool {
    let meta = scene.meta();
    let texts = [meta.title, meta.question, meta.group.title()];
    let said = texts.iter().flat_map(|text| Lang::ALL.map(|lang| text.get(lang).to_lowercase()));
    let said = said.chain([meta.id.to_lowercase()]).collect::<Vec<_>>().join("\n");
    query.to_lowercase().split_whitespace().map(|word| word.trim_start_matches('#')).all(|word| {
        match word.parse::<u32>() {
            Ok(row) => meta.rows.contains(&row) || said.split(|c: char| !c.is_alphanumeric()).any(|part| part == word),
            Err(_) => said.contains(word),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::{chapter, fits, neighbours, scenes};
    use crate::scenes::{SCENES, find};

    #[test]
    fn every_scene_has_its_place() {
        let all = scenes();
        assert_eq!(all.len(), SCENES.len());
        assert!(chapter().windows(2).all(|pair| (pair[0].0 as usize) < pair[1].0 as usize));
        let ids: Vec<&str> = all.iter().map(|scene| scene.meta().id).collect();
        for (i, id) in ids.iter().enumerate() {
            let around = neighbours(id).map(|scene| scene.map(|scene| scene.meta().id));
            assert_eq!(around, [i.checked_sub(1), Some(i + 1)].map(|i| i.and_then(|i| ids.get(i).copied())), "{id}");
        }
        assert!(neighbours("nothing").iter().all(Option::is_none));
    }

    #[test]
    fn a_search_finds_by_words_and_rows() {
        let bowl = find("bowl").unwrap();
        for query in ["", "bowl", "ILL-cond", "momentum carry", "碗", "病态 极小", "landscapes", "9", "#10", "bowl 9"]
        {
            assert!(fits(query, bowl), "{query}");
        }
        for query in ["bowl 8", "bowll", "1", "碗 弹簧", "sampler bowl"] {
            assert!(!fits(query, bowl), "{query}");
        }
    }
}
