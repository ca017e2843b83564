//! Saving a file: the old one or the new one, never a part.

use impetus::export::atomic_write;

#[test]
fn files_are_written_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("图.txt");
    atomic_write(&path, b"old").unwrap();
    atomic_write(&path, b"new").unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), b"new");
    let directory = folder.path().join("plot.svg");
    std::fs::create_dir(&directory).unwrap();
    for (target, help) in [
        (directory, "add a file name"),
        (folder.path().join("no/such/plot.svg"), "does not exist"),
        (path.join("plot.svg"), "not a folder"),
    ] {
        let error = atomic_write(&target, b"x").unwrap_err().to_string();
        assert!(error.contains(help) && error.contains(&*target.to_string_lossy()), "{error}");
    }
    assert_eq!(std::fs::read(&path).unwrap(), b"new");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2, "nothing temporary is left");
}
