from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from credsite.content.discovery import StaticFile, find_sources, find_static
from credsite.content.source_files import collect_sources
from credsite.core.hashing import digest
from credsite.schema.config import Config
from credsite.schema.kinds import FOLDERS, Kind


def touch(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("")


def slugs(root: Path, language: str = "en") -> list[str]:
    sources, problems = find_sources(root, language)
    assert problems == []
    return [source.slug for source in sources]


def problems(root: Path, language: str = "en") -> list[tuple[str, str, str]]:
    return [(p.code, p.location.path, p.suggestion) for p in find_sources(root, language)[1]]


def test_each_folder_is_a_kind(tmp_path: Path) -> None:
    touch(tmp_path, *(f"content/{folder}/one.md" for folder in FOLDERS))
    sources, _ = find_sources(tmp_path, "en")
    assert {source.path: source.kind for source in sources} == {
        "content/courses/one.md": Kind.COURSE,
        "content/stories/one.md": Kind.STORY,
        "content/pathways/one.md": Kind.PATHWAY,
        "content/providers/one.md": Kind.PROVIDER,
        "content/places/one.md": Kind.PLACE,
        "content/industries/one.md": Kind.INDUSTRY,
        "content/delivery-modes/one.md": Kind.DELIVERY_MODE,
        "content/pages/one.md": Kind.PAGE,
    }


def test_files_come_in_order_from_folders_within_folders(tmp_path: Path) -> None:
    touch(
        tmp_path,
        *(f"content/courses/{name}.md" for name in ("b", "a", "health/c", "health/care/d", "2027/e")),
    )
    assert slugs(tmp_path) == ["e", "a", "b", "c", "d"]


@pytest.mark.parametrize("name", ["first-aid.md", "first-aid.MD", "first-aid.markdown", "first-aid.en.md"])
def test_file_names(tmp_path: Path, name: str) -> None:
    touch(tmp_path, f"content/courses/{name}")
    assert slugs(tmp_path) == ["first-aid"]


@pytest.mark.parametrize(
    "name", [".first-aid.md", "#first-aid.md#", "first-aid.md~", ".first-aid.md.swp", "photo.jpg",
             ".git/a.md", "#recycle/a.md"]
)  # fmt: skip
def test_what_is_passed_over(tmp_path: Path, name: str) -> None:
    touch(tmp_path, f"content/courses/{name}")
    assert slugs(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "suggestion", "advice"),
    [
        ("knots.md.txt", "knots.md", "end in `.md`"),
        ("Knots.TXT", "", "to `static/Knots.TXT`"),
        ("knots.mdx", "knots.md", "end in `.md`"),
        ("knots.md_", "knots.md", "end in `.md`"),
        ("knots.html", "", "save its words"),
        ("knots.docx", "", "save its words"),
        ("knots.odt", "", "save its words"),
        ("knots.xlsx", "", "credsite import"),
        ("knots.pdf", "", "to `static/knots.pdf`"),
        ("knots.heic", "", "Save the picture as JPEG"),
        ("Makefile", "", "out of `content`"),
    ],
)
def test_other_files_are_not_dropped_in_silence(
    tmp_path: Path, name: str, suggestion: str, advice: str
) -> None:
    touch(tmp_path, f"content/courses/{name}", f"content/{name}")
    sources, found = find_sources(tmp_path, "en")
    assert sources == []
    assert [(p.code, p.location.path, p.suggestion) for p in found] == [
        ("file-not-read", path, suggestion) for path in sorted([f"content/{name}", f"content/courses/{name}"])
    ]
    assert advice in found[0].message


def test_a_text_file_that_begins_as_entries_do_is_one(tmp_path: Path) -> None:
    (tmp_path / "content/courses").mkdir(parents=True)
    (tmp_path / "content/courses/knots.txt").write_text("---\ntitle: Knots\n---\n")
    _, (problem,) = find_sources(tmp_path, "en")
    assert problem.suggestion == "knots.md"
    assert "end in `.md`" in problem.message


@pytest.mark.parametrize(
    "name",
    [
        "knots (conflicted copy 2026-11-20).md",
        "knots (Ana's conflicted copy 2026-11-20).pdf",
        "knots (Case Conflict 1).png",
        "knots.sync-conflict-20261120-101500-ABCDEFG.md",
        "Knoten (In Konflikt stehende Kopie von Ana 2026-11-20).docx",
    ],
)
def test_copies_of_files_that_were_changed_twice(tmp_path: Path, name: str) -> None:
    touch(tmp_path, f"content/courses/{name}", f"static/{name}", "static/conflicted-copy.pdf")
    assert problems(tmp_path) == [("conflicted-copy", f"content/courses/{name}", "")]
    files, found = find_static(tmp_path)
    assert [file.path for file in files] == ["static/conflicted-copy.pdf"]
    assert [(p.code, p.location.path) for p in found] == [("conflicted-copy", f"static/{name}")]


def test_a_folder_with_the_name_of_a_file_is_no_entry(tmp_path: Path) -> None:
    touch(tmp_path, "content/courses/first-aid.md/photo.jpg")
    assert slugs(tmp_path) == []


@pytest.mark.parametrize(
    ("path", "code", "suggestion"),
    [
        ("content/cources/a.md", "unknown-folder", "courses"),
        ("content/provider/a.md", "unknown-folder", "providers"),
        ("content/Courses/a.md", "unknown-folder", "courses"),
        ("content/images/a.md", "unknown-folder", "pages"),
        ("content/readme.md", "unknown-folder", ""),
        ("content/courses/First Aid.md", "bad-slug", "first-aid.md"),
        ("content/courses/first_aid.md", "bad-slug", "first-aid.md"),
        ("content/courses/-a.md", "bad-slug", "a.md"),
        ("content/courses/介護.md", "bad-slug", "jie-hu.md"),
        ("content/courses/Комп'ютер.md", "bad-slug", "kompyuter.md"),
        (f"content/courses/{'word-' * 45}x.md", "bad-slug", f"{'word-' * 38}3ecb7acc.md"),
        ("content/courses/été.md", "bad-slug", "ete.md"),
        ("content/courses/a\n.md", "bad-slug", "a.md"),
        ("content/courses/intro.v2.md", "bad-slug", "intro-v2.md"),
        ("content/courses/a.fr.md", "unknown-language", ""),
        ("content/courses/a.fr-CA.md", "unknown-language", ""),
    ],
)
def test_names_that_are_wrong(tmp_path: Path, path: str, code: str, suggestion: str) -> None:
    touch(tmp_path, path, "content/courses/good.md")
    assert problems(tmp_path) == [(code, path, suggestion)]
    assert [source.slug for source in find_sources(tmp_path, "en")[0]] == ["good"]


def test_the_language_of_the_site_may_stand_in_a_name(tmp_path: Path) -> None:
    touch(tmp_path, "content/courses/a.fr-CA.md")
    sources, found = find_sources(tmp_path, "fr-CA")
    assert found == []
    assert [(source.slug, source.language) for source in sources] == [("a", "fr-CA")]
    assert problems(tmp_path, "fr") == [("unknown-language", "content/courses/a.fr-CA.md", "")]


def test_a_linked_text_is_an_entry_that_cannot_be_read(tmp_path: Path) -> None:
    """So that other entries which name it are not told that there is none."""
    site, outside = tmp_path / "site", tmp_path / "secret.md"
    touch(site, "content/courses/a.md")
    outside.write_text("secret")
    (site / "content/courses/out.md").symlink_to(outside)
    (site / "content/courses/in.md").symlink_to("a.md")
    (site / "content/courses/gone.md").symlink_to("nowhere.md")
    (site / "content/courses/around.md").symlink_to("around.md")
    sources, found = find_sources(site, "en")
    assert [source.slug for source in sources] == ["a", "around", "gone", "in", "out"]
    assert found == []
    collected = collect_sources(site, Config(title="Site", base_url="https://site.test/"))
    assert list(collected.keys) == ["content/courses/a.md"]
    assert [(p.code, p.location.path) for p in collected.unreadable.values()] == [
        ("symbolic-link", f"content/courses/{name}.md") for name in ("around", "gone", "in", "out")
    ]


def test_a_linked_folder_is_not_walked(tmp_path: Path) -> None:
    """It could lead out of the site, or around in a circle."""
    site = tmp_path / "site"
    touch(site, "content/courses/a.md")
    touch(tmp_path, "outside/b.md")
    (site / "content/courses/out").symlink_to(tmp_path / "outside")
    (site / "content/courses/circle").symlink_to(site / "content")
    assert [source.slug for source in find_sources(site, "en")[0]] == ["a"]
    assert [(code, path) for code, path, _ in problems(site)] == [
        ("symbolic-link", "content/courses/circle"),
        ("symbolic-link", "content/courses/out"),
    ]


def test_the_content_folder_may_not_lie_outside(tmp_path: Path) -> None:
    touch(tmp_path, "elsewhere/courses/a.md")
    site = tmp_path / "site"
    site.mkdir()
    (site / "content").symlink_to(tmp_path / "elsewhere")
    assert find_sources(site, "en")[0] == []
    assert problems(site) == [("symbolic-link", "content", "")]


def test_a_site_without_content(tmp_path: Path) -> None:
    assert find_sources(tmp_path, "en") == ([], [])
    (tmp_path / "content").write_text("a file, not a folder")
    assert find_sources(tmp_path, "en")[0] == []
    assert problems(tmp_path) == [("file-unreadable", "content", "")]


def test_a_name_that_is_no_text_is_a_problem(tmp_path: Path) -> None:
    folder = tmp_path / "content/courses"
    folder.mkdir(parents=True)
    with open(os.fsencode(folder) + b"/caf\xe9.md", "w"):  # noqa: PTH123 - a path of bytes
        pass
    assert [code for code, *_ in problems(tmp_path)] == ["bad-slug"]


def test_everything_is_copied_as_it_is(tmp_path: Path) -> None:
    files = {
        "static/robots.txt": b"User-agent: *\n",
        "static/.well-known/security.txt": b"",
        "static/downloads/Guide 2027.pdf": b"%PDF",
        "static/écoles/介護.bin": b"\0\xff",
    }
    for path, data in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    found, problems = find_static(tmp_path)
    assert problems == []
    assert sorted(found, key=lambda file: file.path) == [
        StaticFile(path, path.removeprefix("static/"), digest(files[path])) for path in sorted(files)
    ]


def test_the_order_does_not_depend_on_the_disk(tmp_path: Path) -> None:
    for name in ("c", "a", "sub/b", "b"):
        (tmp_path / "static" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "static" / name).write_text(name)
    assert [file.output for file in find_static(tmp_path)[0]] == ["a", "b", "c", "sub/b"]


def test_what_programs_leave_behind_is_not_copied(tmp_path: Path) -> None:
    (tmp_path / "static").mkdir()
    for name in ("a.txt~", ".DS_Store", "notes.bak", "~$guide.docx", ".env"):
        (tmp_path / "static" / name).write_text("")
    assert find_static(tmp_path) == ([], [])


def test_no_folder_no_files(tmp_path: Path) -> None:
    assert find_static(tmp_path) == ([], [])


def test_links_are_refused_wherever_they_lead(tmp_path: Path) -> None:
    site = tmp_path / "site"
    (site / "static").mkdir(parents=True)
    (tmp_path / "secret").write_text("secret")
    (site / "note.txt").write_text("note")
    (site / "static" / "in.txt").symlink_to(site / "note.txt")
    (site / "static" / "out.txt").symlink_to(tmp_path / "secret")
    (site / "static" / "gone.txt").symlink_to(site / "nowhere")
    found, problems = find_static(site)
    assert found == []
    assert [(p.code, p.location.path) for p in problems] == [
        ("symbolic-link", f"static/{name}.txt") for name in ("gone", "in", "out")
    ]


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "static").mkdir()
    for name, size in {"a": 10, "b": 11, "c": 10**12}.items():
        with (tmp_path / "static" / name).open("wb") as file:
            file.truncate(size)
    files, problems = find_static(tmp_path, max_size=10)
    assert [file.output for file in files] == ["a"]
    assert [(p.code, p.location.path) for p in problems] == [
        ("file-too-large", "static/b"),
        ("file-too-large", "static/c"),
    ]
    assert "more than 10 bytes" in problems[0].message
    assert "max_static_size" in problems[0].message


def test_a_pipe_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "static").mkdir()
    os.mkfifo(tmp_path / "static" / "pipe")
    files, problems = find_static(tmp_path)
    assert files == []
    assert [(p.code, p.location.path) for p in problems] == [("file-unreadable", "static/pipe")]


def test_a_linked_folder_is_a_problem(tmp_path: Path) -> None:
    site = tmp_path / "site"
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.txt").write_text("a")
    (site / "static").mkdir(parents=True)
    (site / "static" / "more").symlink_to(tmp_path / "elsewhere")
    files, problems = find_static(site)
    assert files == []
    assert [(p.code, p.location.path) for p in problems] == [("symbolic-link", "static/more")]


def test_the_folder_itself_may_not_lie_outside(tmp_path: Path) -> None:
    site = tmp_path / "site"
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.txt").write_text("a")
    site.mkdir()
    (site / "static").symlink_to(tmp_path / "elsewhere")
    files, problems = find_static(site)
    assert files == []
    assert [(p.code, p.location.path) for p in problems] == [("symbolic-link", "static")]


def test_files_that_some_systems_take_for_one_are_a_problem(tmp_path: Path) -> None:
    accented = [unicodedata.normalize(form, "content/pages/é.jpg") for form in ("NFC", "NFD")]
    touch(tmp_path, "content/pages/a.png", "content/pages/A.png", "content/images/a.png", *accented)
    found = [problem for problem in find_sources(tmp_path, "en")[1] if problem.code == "similar-names"]
    assert {problem.location.path for problem in found} == {"content/pages/a.png", accented[0]}
    messages = " ".join(problem.message for problem in found)
    assert "`content/pages/A.png` and this file have names that differ only in capital letters." in messages
    assert "look the same, but their accented letters are coded in two ways" in messages


def test_the_address_of_a_static_file_is_as_people_type_it(tmp_path: Path) -> None:
    name = unicodedata.normalize("NFD", "Führer.pdf")
    touch(tmp_path, f"static/{name}")
    [file] = find_static(tmp_path)[0]
    assert (file.path, file.output) == (f"static/{name}", "Führer.pdf")


@pytest.mark.parametrize("name", ["first-aid.md.md", "First aid.MD.md", "first-aid.markdown.md"])
def test_an_ending_that_is_there_twice(tmp_path: Path, name: str) -> None:
    touch(tmp_path, f"content/courses/{name}")
    assert problems(tmp_path) == [("bad-slug", f"content/courses/{name}", "first-aid.md")]
