"""Raw events to changes: what editors, file managers and other programs do when they save."""

from __future__ import annotations

import pytest

from credsite.serve.watcher import ChangedPaths, Event, changed_paths, is_relevant

A = "content/courses/a.md"
B = "content/courses/b.md"
COURSES = "content/courses"


def opened(path: str) -> Event:
    return Event("opened", path)


def created(path: str, *, folder: bool = False) -> Event:
    return Event("created", path, is_folder=folder)


def modified(path: str, *, folder: bool = False) -> Event:
    return Event("modified", path, is_folder=folder)


def closed(path: str) -> Event:
    return Event("closed", path)


def deleted(path: str) -> Event:
    return Event("deleted", path)


def moved(path: str, to: str, *, folder: bool = False) -> Event:
    return Event("moved", path, to, folder)


def written(path: str) -> list[Event]:
    """What the system tells of a file that is written from beginning to end."""
    return [opened(path), modified(path), modified(path), closed(path), modified(COURSES, folder=True)]


FINISHED: list[tuple[str, list[Event], set[str]]] = [
    ("nothing", [], set()),
    ("saved in place", written(A), {A}),
    ("saved in place where the system tells no more", [modified(A)], {A}),
    ("a new file", [created(A), *written(A)], {A}),
    ("an empty new file", [created(A), opened(A), closed(A)], {A}),
    (
        "saved beside it and moved over it, as GNOME does",
        [
            created(f"{COURSES}/.goutputstream-X1Y2"),
            *written(f"{COURSES}/.goutputstream-X1Y2"),
            moved(f"{COURSES}/.goutputstream-X1Y2", A),
        ],
        {A},
    ),
    (
        "saved beside it and moved over it by JetBrains",
        [
            created(f"{A}___jb_tmp___"),
            *written(f"{A}___jb_tmp___"),
            moved(A, f"{A}___jb_old___"),
            moved(f"{A}___jb_tmp___", A),
            deleted(f"{A}___jb_old___"),
        ],
        {A},
    ),
    (
        "saved by Vim, which tries whether it may and keeps a copy meanwhile",
        [
            created(f"{COURSES}/4913"),
            deleted(f"{COURSES}/4913"),
            moved(A, f"{A}~"),
            created(A),
            *written(A),
            deleted(f"{A}~"),
        ],
        {A},
    ),
    ("opened in Vim", [created(f"{COURSES}/.a.md.swp"), *written(f"{COURSES}/.a.md.swp"), opened(A)], set()),
    (
        "opened and edited in Emacs, not saved",
        [created(f"{COURSES}/.#a.md"), *written(f"{COURSES}/#a.md#")],
        set(),
    ),
    (
        "saved by a synchronising program",
        [created("content/courses/.a.md.part"), *written("content/courses/.a.md.part"), moved("content/courses/.a.md.part", A)],
        {A},
    ),
    ("moved in from elsewhere", [Event("moved", "", A)], {A}),
    ("moved away", [Event("moved", A, "")], {A}),
    ("deleted", [deleted(A), modified(COURSES, folder=True)], {A}),
    ("renamed", [moved(A, B)], {A, B}),
    ("renamed to what means nothing", [moved(A, f"{A}.bak")], {A}),
    (
        "a folder renamed",
        [moved(COURSES, "content/kurse", folder=True), moved(A, "content/kurse/a.md")],
        {COURSES, "content/kurse", A, "content/kurse/a.md"},
    ),
    ("a folder touched", [modified(COURSES, folder=True)], set()),
    ("a new folder", [created("content/new", folder=True)], {"content/new"}),
    ("files read", [opened(A), opened(B)], set()),
    ("other rights after it was saved", [*written(A), modified(A)], {A}),
    ("saved twice", [*written(A), *written(A)], {A}),
    ("something that nobody was told of", [Event("missed")], {""}),
    ("the settings", written("credsite.yaml"), {"credsite.yaml"}),
    ("files beside the site's own", [*written("README.md"), *written("public/index.html")], set()),
]  # fmt: skip

HALF_WRITTEN: list[tuple[str, list[Event], set[str], set[str]]] = [
    ("begun", [opened(A), modified(A)], {A}, {A}),
    ("a new file, begun", [created(A), opened(A), modified(A)], {A}, {A}),
    ("begun while another was saved", [opened(A), modified(A), *written(B)], {A, B}, {A}),
    ("begun anew after it was saved", [*written(A), opened(A), modified(A)], {A}, {A}),
    ("given up", [created(A), opened(A), modified(A), deleted(A)], {A}, set()),
    ("renamed while it is written", [opened(A), modified(A), moved(A, B)], {A, B}, {B}),
    ("moved over a file that was written", [opened(A), modified(A), moved(B, A)], {A, B}, set()),
    ("a swap file", [opened(f"{A}.swp"), modified(f"{A}.swp")], set(), set()),
    ("ended after it was renamed", [opened(A), modified(A), moved(A, B), closed(B)], {A, B}, set()),
]


@pytest.mark.parametrize(("events", "paths"), [row[1:] for row in FINISHED], ids=[row[0] for row in FINISHED])
def test_what_has_changed(events: list[Event], paths: set[str]) -> None:
    assert changed_paths(events) == ChangedPaths(frozenset(paths))


@pytest.mark.parametrize(
    ("events", "paths", "unfinished"),
    [row[1:] for row in HALF_WRITTEN],
    ids=[row[0] for row in HALF_WRITTEN],
)
def test_what_is_half_written(events: list[Event], paths: set[str], unfinished: set[str]) -> None:
    assert changed_paths(events) == ChangedPaths(frozenset(paths), frozenset(unfinished))


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("credsite.yaml", True),
        ("content/courses/a.md", True),
        ("content/courses", True),
        ("content", True),
        ("content/images/team.jpg", True),
        ("themes/own/templates/base.html", True),
        ("static/robots.txt", True),
        ("static/.well-known/security.txt", True),
        ("static/.nojekyll", True),
        ("README.md", False),
        ("credsite.yaml~", False),
        ("public/index.html", False),
        ("public", False),
        (".credsite/preview/index.html", False),
        (".git/index", False),
        (".", False),
        ("contents/a.md", False),
        ("content/.hidden.md", False),
        ("content/.obsidian/workspace.json", False),
        ("content/courses/a.md~", False),
        ("content/courses/.a.md.swp", False),
        ("content/courses/.a.md.swx", False),
        ("content/courses/#a.md#", False),
        ("content/courses/.#a.md", False),
        ("content/courses/4913", False),
        ("content/courses/a.md.tmp", False),
        ("content/courses/a.md___jb_tmp___", False),
        ("content/courses/~$a.docx", False),
        ("content/courses/course-4913.md", True),
        ("content/courses/tmp.md", True),
        ("static/.robots.txt.swp", False),
        ("brand/logo.svg", True),
        ("brand/.DS_Store", False),
        ("static/.DS_Store", False),
        ("themes/own/__pycache__/x.pyc", False),
    ],
)
def test_which_paths_count(path: str, expected: bool) -> None:
    assert is_relevant(path) is expected
