"""Standard output and error in other encodings, closed, and into pipes that nobody reads: no command ends differently."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from credsite.cli.decorators import internal_error_message
from credsite.core.errors import CredsiteError, error_message, system_error_message
from credsite.core.regular_files import RefusedFileError

ENCODINGS = ("ascii", "cp1252", "cp437", "latin-1", "utf-8")


def credsite(site: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "credsite", *arguments],
        cwd=site,
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
        timeout=120,
    )


def shell(site: Path, command: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command of bash, in which ``$C`` is credsite."""
    return subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"],
        cwd=site,
        env={**os.environ, "C": f"{sys.executable} -m credsite"},
        capture_output=True,
        check=False,
        timeout=120,
    )


@pytest.fixture
def greek_site(broken_site: Path) -> Path:
    """The site with an error: an unknown key that is Greek and has an arrow."""
    page = broken_site / "content/pages/about.md"
    text = page.read_text(encoding="utf-8").replace("\nordr: 2\n", "\nΨωμί → 2: 2\n")
    page.write_text(text, encoding="utf-8")
    return broken_site


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("arguments", [("check",), ("build",), ("report", "--no-file")])
def test_signs_that_an_encoding_does_not_have_are_replaced(
    greek_site: Path, arguments: tuple[str, ...], encoding: str
) -> None:
    done = credsite(greek_site, *arguments, PYTHONIOENCODING=encoding)
    assert done.returncode == 1
    assert b"fault of credsite" not in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_replaced_sign_looks_like_what_it_stands_for(greek_site: Path) -> None:
    done = credsite(greek_site, "check", PYTHONIOENCODING="cp1252")
    assert "???? -> 2" in done.stdout.decode("cp1252")


@pytest.mark.parametrize("errors", ["strict", "surrogateescape"])
def test_the_handling_of_errors_in_the_environment_does_not_matter(greek_site: Path, errors: str) -> None:
    assert credsite(greek_site, "check", PYTHONIOENCODING=f"cp1252:{errors}").returncode == 1


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_data_for_programs_are_utf8_in_every_encoding(greek_site: Path, form: str) -> None:
    done = credsite(greek_site, "check", "--format", form, PYTHONIOENCODING="cp1252")
    assert "Ψωμί → 2" in str(json.loads(done.stdout.decode("utf-8")))


def test_the_report_as_json_is_utf8_in_every_encoding(site: Path) -> None:
    page = next((site / "content/courses").glob("*.md"))
    text = page.read_text(encoding="utf-8")
    title = next(line for line in text.splitlines() if line.startswith("title:"))
    page.write_text(text.replace(title, "title: Ψωμί"), encoding="utf-8")
    outputs = [
        credsite(
            site, "report", "--format", "json", "--no-file", "--now", "2027-01-31", PYTHONIOENCODING=encoding
        ).stdout
        for encoding in ("utf-8", "cp1252", "ascii")
    ]
    assert json.loads(outputs[0].decode("utf-8"))
    assert outputs[0] == outputs[1] == outputs[2]


@pytest.mark.parametrize("form", ["text", "json", "csv", "sarif", "lines", "github", "gitlab"])
def test_a_file_name_that_is_no_text_can_be_written(site: Path, form: str) -> None:
    (site / "content/courses" / os.fsdecode(b"caf\xe9.md")).write_text("---\ntitle: Coffee\n---\n")
    done = credsite(site, "check", "--format", form)
    assert done.returncode == 1
    assert b"fault of credsite" not in done.stderr
    text = done.stdout.decode("utf-8")
    assert "caf" in text
    if form in ("json", "sarif", "gitlab"):
        assert json.loads(text)


@pytest.mark.parametrize(
    "command",
    ["$C check", "$C check --format json", "$C report --no-file", "PYTHONUNBUFFERED=1 $C check"],
)
def test_a_pipe_that_nobody_reads_changes_nothing(greek_site: Path, command: str) -> None:
    done = shell(greek_site, f"{command} | true")
    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize("command", ["check", "report --no-file", "export"])
def test_closed_streams_change_nothing(site: Path, command: str, closed: str) -> None:
    done = shell(site, f"$C {command} {closed}")
    assert done.returncode == 0
    assert b"fault of credsite" not in done.stderr


def test_a_full_disk_is_said_in_a_sentence(greek_site: Path) -> None:
    done = shell(greek_site, "$C check > /dev/full")
    assert done.returncode == 2
    assert b"No space left on device" in done.stderr
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("command", ["build", "check", "report", "init x"])
def test_a_folder_that_was_removed_is_said_in_a_sentence(tmp_path: Path, command: str) -> None:
    done = shell(tmp_path, f"mkdir x && cd x && rmdir ../x && $C {command}")
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1
    assert b"fault of credsite" not in done.stderr


@pytest.mark.parametrize(
    "command", ["new page Questions", "build", "schema --write", "export --output x.csv"]
)
def test_a_file_that_cannot_be_written_is_not_left_empty(site: Path, command: str) -> None:
    before = sorted(site.rglob("*.*"))
    done = shell(site, f"ulimit -f 0; $C {command} 2>&1 | cat")
    assert done.returncode == 2
    assert b"File too large. The system allows no file of this size here." in done.stdout
    assert [path for path in before if not path.exists()] == []
    assert not (site / "content/pages/questions.md").exists()
    assert not (site / "x.csv").exists()


def test_errors_of_the_system_say_what_to_do() -> None:
    error = PermissionError(13, "Permission denied", "courses.md")
    assert system_error_message(error) == (
        "courses.md cannot be read or written: Permission denied. Check who may read and write there, and try again."
    )
    assert system_error_message(OSError(28, "No space left on device")) is not None


def test_an_error_that_may_be_a_mistake_of_the_program_is_none_of_the_system() -> None:
    link = RefusedFileError(errno.ELOOP, "it is a symbolic link", "content/a.md")
    assert system_error_message(link) == (
        "content/a.md cannot be read or written: it is a symbolic link. Put the file itself there."
    )
    assert system_error_message(OSError("something else")) is None
    assert system_error_message(FileNotFoundError(2, "No such file or directory")) is None


def test_the_report_of_a_fault_can_hold_names_that_are_no_text() -> None:
    message = internal_error_message(ValueError("caf\udce9"))
    file = Path(message.rpartition("with the file ")[2].rstrip("."))
    try:
        assert r"ValueError: caf\udce9" in file.read_text(encoding="utf-8")
    finally:
        file.unlink()


def test_a_fault_on_a_full_disk_is_still_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object, **_options: object) -> object:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.NamedTemporaryFile", fail)
    assert "fault of credsite itself" in internal_error_message(ValueError("odd"))


def test_a_message_of_ours_gets_the_advice_on_its_cause() -> None:
    error = CredsiteError("x.csv cannot be written: Read-only file system.")
    assert error_message(error) == f"{error} Use a folder that can be written to."  # of a worker process
    error = CredsiteError("x.csv cannot be written: Access is denied.")
    assert error_message(error) == str(error)
    error.__cause__ = PermissionError(13, "Access is denied")
    assert error_message(error) == f"{error} Check who may read and write there, and try again."
