"""All files or none, and none that is another than was looked at."""

from __future__ import annotations

from pathlib import Path

import pytest

from credsite.authoring.spreadsheet import file_writes
from credsite.authoring.spreadsheet.file_writes import FileWrite, write_files
from credsite.core.errors import CredsiteError


def state(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "a.md").write_bytes(b"old a")
    (tmp_path / "b.md").write_bytes(b"old b")
    return tmp_path


WRITES = [
    FileWrite("a.md", b"old a", b"new a"),
    FileWrite("made/deep/c.md", None, b"new c"),
    FileWrite("b.md", b"old b", b"new b"),
]


def test_all_files_are_written(root: Path) -> None:
    (root / "a.md").chmod(0o640)
    write_files(root, WRITES)
    assert state(root) == {"a.md": b"new a", "b.md": b"new b", "made/deep/c.md": b"new c"}
    assert (root / "a.md").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("fails_at", [0, 1, 2])
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_failure_restores_all_files(
    root: Path, monkeypatch: pytest.MonkeyPatch, fails_at: int, error: BaseException
) -> None:
    before, write_file = state(root), file_writes._write_file

    def fails(folder: Path, write: FileWrite) -> None:
        if write is WRITES[fails_at]:
            raise error
        write_file(folder, write)

    monkeypatch.setattr(file_writes, "_write_file", fails)
    with pytest.raises(CredsiteError if isinstance(error, OSError) else KeyboardInterrupt):
        write_files(root, WRITES)
    assert state(root) == before
    assert not (root / "made").exists()


@pytest.mark.parametrize(
    ("path", "words"),
    [("b.md", "b.md has been changed in the meantime"), ("made/deep/c.md", "c.md has been created")],
)
def test_what_changed_in_the_meantime_is_not_overwritten(root: Path, path: str, words: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(b"somebody else's")
    before = state(root)
    with pytest.raises(CredsiteError, match=words):
        write_files(root, WRITES)
    assert state(root) == before


def test_a_change_while_it_writes_is_kept_and_the_rest_is_put_back(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_file = file_writes._write_file

    def interfered(folder: Path, write: FileWrite) -> None:
        if write.path == "b.md":
            (folder / "b.md").write_bytes(b"somebody else's")
        write_file(folder, write)

    monkeypatch.setattr(file_writes, "_write_file", interfered)
    with pytest.raises(CredsiteError, match=r"b.md has been changed in the meantime. Nothing was imported."):
        write_files(root, WRITES)
    assert state(root) == {"a.md": b"old a", "b.md": b"somebody else's"}


@pytest.mark.parametrize("has_links", [True, False])
@pytest.mark.parametrize("theirs", [b"somebody else's", b"new c"])
def test_a_new_file_that_somebody_has_just_created_is_kept(
    root: Path, monkeypatch: pytest.MonkeyPatch, *, has_links: bool, theirs: bytes
) -> None:
    create_file = file_writes.create_file

    def interfered(path: Path, data: bytes) -> None:
        path.write_bytes(theirs)
        create_file(path, data)

    monkeypatch.setattr(file_writes, "create_file", interfered)
    if not has_links:
        monkeypatch.setattr("os.link", _without_links)
    with pytest.raises(CredsiteError, match=r"c.md has been created in the meantime. Nothing was imported."):
        write_files(root, WRITES)
    assert state(root) == {"a.md": b"old a", "b.md": b"old b", "made/deep/c.md": theirs}


def test_new_files_are_created_where_there_are_no_hard_links(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.link", _without_links)
    write_files(root, WRITES)
    assert state(root)["made/deep/c.md"] == b"new c"


def _without_links(*_: object) -> None:
    raise OSError(95, "Operation not supported")


def test_nothing_is_written_outside_the_site(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (root / "made").symlink_to(outside)
    with pytest.raises(CredsiteError, match="symbolic link"):
        write_files(root, WRITES)
    assert state(outside) == {}
    assert (root / "a.md").read_bytes() == b"old a"


def test_a_link_within_the_site_is_not_written_through(root: Path) -> None:
    (root / "link.md").symlink_to("a.md")
    with pytest.raises(CredsiteError, match=r"link.md is a symbolic link, which is not followed"):
        write_files(root, [FileWrite("link.md", b"old a", b"new a")])
    assert (root / "link.md").is_symlink()
    assert (root / "a.md").read_bytes() == b"old a"
