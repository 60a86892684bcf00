"""What hooks.py may declare, and what is wrong with it; tests/sites has whole reports."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from credsite.core.errors import CredsiteError
from credsite.hooks.loading import Hooks, load_hooks
from credsite.schema.config_file import read_settings
from tests.hooks.conftest import WriteHooks, found

FILE = ["hooks.py"]
OUTPUT = "@hook\ndef credsite_outputs():\n    return OutputHook"
CHECK = "@hook\ndef credsite_checks():\n    return [CheckHook('own-a', print, 'Meaning.', 'advice')]\n"


@pytest.mark.parametrize(
    ("code", "line", "message"),
    [
        ("x = (", 2, "This is not Python: "),
        ("import nothing_of_this_name", 2, "The file fails here: ModuleNotFoundError"),
        ("x = 1", 0, "There are no hooks in it. Write one of `credsite_outputs`"),
        ("def credsite_outputs():\n    return []", 0, "Write `@hook` above `def credsite_outputs`"),
        ("@hook\ndef credsite_output():\n    return []", 0, "`credsite_output` is marked as a hook, but no hook has this name. Did"),
        ("@hook\ndef credsite_outputs(site):\n    return []", 0, "A hook has other arguments than it can have"),
        ("@hook\ndef credsite_outputs():\n    return 1 / 0", 4, "The hook `credsite_outputs` fails here: ZeroDivisionError"),
        ("@hook\ndef credsite_outputs():\n    raise SystemExit(3)", 4, "The hook `credsite_outputs` fails here: SystemExit: 3."),
        ("@hook\ndef credsite_outputs():\n    return ['x']", 2, "The hook returns a list of `OutputHook`, but there is a `str`"),
        ("@hook\ndef credsite_outputs():\n    pass", 2, "The hook returns a list of `OutputHook`, but there is a `NoneType`"),
        ("@hook\ndef credsite_outputs():\n    return [OutputHook('a', print), OutputHook('a', print)]", 2, "Two outputs have the name `a`."),
        (OUTPUT + "('a', print, kinds='course')", 2, "`a` declares 'course', which is no list of texts. Write a list: ['course']."),
        (OUTPUT + "('a', print, kinds=None)", 2, "`a` declares None, which is no list of texts."),
        (OUTPUT + "('a', print, settings=[1])", 2, "`a` declares [1], which is no list of texts."),
        (OUTPUT + "(1, print)", 2, "`1` needs a name, which is a text, and a function."),
        (OUTPUT + "('a', 5)", 2, "`a` needs a name, which is a text, and a function."),
        ("@hook\ndef credsite_outputs():\n    raise BaseException", 4, "The hook `credsite_outputs` fails here: BaseException."),
        (OUTPUT + "('a', print, settings=['titel'])", 2, "`a` declares `titel`, which is not a key of"),
        (OUTPUT + "('a', print, files=['hooks/none.csv'])", 2, "`a` declares the file `hooks/none.csv`"),
        (OUTPUT + "('a', print, files=['../x'])", 2, "`a` declares the file `../x`. It has"),
        (OUTPUT + "('a', print, files=['credsite.yaml'])", 2, "`a` declares the file `credsite.yaml`. It"),
        ("@hook\ndef credsite_checks():\n    return CheckHook('own-A', print, 'x')", 2, "`own-A` cannot be the code of a check."),
        ("@hook\ndef credsite_checks():\n    return CheckHook('own-a', print, 'x', 'bad')", 2, "The check `own-a` needs a `severity`"),
        ("@hook\ndef credsite_checks():\n    return CheckHook('own-a', print, ' ')", 2, "The check `own-a` needs a `severity`"),
        ("@hook\ndef credsite_filters():\n    return [print]", 2, "`credsite_filters` returns names and functions"),
        ("@hook\ndef credsite_filters():\n    return {'Shout': print}", 2, "`Shout` is no filter"),
        ("@hook\ndef credsite_filters():\n    return {'upper': print}", 2, "There is a filter `upper` already."),
        ("@hook\ndef credsite_filters():\n    return {'duration': print}", 2, "There is a filter `duration` already."),
    ],
)  # fmt: skip
def test_a_mistake_is_a_problem_with_its_line(
    write_hooks: WriteHooks, code: str, line: int, message: str
) -> None:
    site = write_hooks(code)
    (problem,) = Hooks(site, FILE).problems
    assert problem.message.startswith(message)
    assert (problem.location.path, problem.location.line) == ("hooks.py", line)
    assert problem.code == (
        "hook-failed" if "fails here" in message or "not Python" in message else "bad-hook"
    )


def test_one_mistake_hides_no_other(write_hooks: WriteHooks) -> None:
    site = write_hooks(
        f"@hook\ndef credsite_outputs():\n    return 1 / 0\n{CHECK}"
        "@hook\ndef credsite_filters():\n    return {'upper': print}\n"
    )
    hooks = Hooks(site, FILE)
    assert [(code, line) for code, line, _ in found(hooks)] == [("bad-hook", 8), ("hook-failed", 4)]
    assert list(hooks.codes) == ["own-a"]


def test_in_debugging_the_error_itself_ends_the_command(
    write_hooks: WriteHooks, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = write_hooks("1 / 0")
    monkeypatch.setenv("CREDSITE_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        Hooks(site, FILE)


def test_what_is_declared_comes_in_the_order_of_names(write_hooks: WriteHooks) -> None:
    site = write_hooks(
        "@hook\ndef credsite_outputs():\n    return [OutputHook('b', print), OutputHook('a', print)]\n"
        "@hook\ndef credsite_checks():\n    return [CheckHook(f'own-{n}', print, 'x') for n in 'ba']\n"
    )
    hooks = Hooks(site, FILE)
    assert [output.name for _, output in hooks.outputs] == ["a", "b"]
    assert list(hooks.codes) == ["own-a", "own-b"]


def test_dataclasses_can_be_written_in_the_file_and_nothing_is_left_beside_it(
    write_hooks: WriteHooks,
) -> None:
    code = "from __future__ import annotations\nfrom dataclasses import dataclass\n@dataclass\nclass A:\n    a: int\n"
    site = write_hooks("")
    (site / "hooks.py").write_text(
        f"{code}from credsite.hooks import CheckHook, hook\n{CHECK}", encoding="utf-8"
    )
    before = set(site.iterdir())
    assert Hooks(site, FILE).problems == []
    assert set(site.iterdir()) == before


def test_the_digest_is_that_of_the_code_and_the_declared_files(write_hooks: WriteHooks) -> None:
    code = OUTPUT + "('a', print, files=['hooks/a.csv'])\n"
    site = write_hooks(code)
    (site / "hooks").mkdir()
    digests = set()
    for data, more in (("1", ""), ("2", ""), ("2", "# more")):
        (site / "hooks/a.csv").write_text(data)
        write_hooks(code + more)
        hooks = Hooks(site, FILE)
        assert hooks.files == {"hooks/a.csv": data.encode()}
        digests.add(hooks.digest)
    assert len(digests) == 3


def test_a_declared_file_is_no_link(write_hooks: WriteHooks, tmp_path: Path) -> None:
    site = write_hooks(OUTPUT + "('a', print, files=['hooks/a.csv'])\n")
    (tmp_path / "secret.csv").write_text("secret")
    (site / "hooks").mkdir()
    (site / "hooks/a.csv").symlink_to(tmp_path / "secret.csv")
    hooks = Hooks(site, FILE)
    assert "no link" in hooks.problems[0].message
    assert hooks.files == {}


def test_another_process_loads_the_same_code_or_says_that_it_has_changed(write_hooks: WriteHooks) -> None:
    site = write_hooks(CHECK)
    pickled = pickle.dumps(Hooks(site, FILE))
    assert list(pickle.loads(pickled).codes) == ["own-a"]
    write_hooks(f"{CHECK}# more")
    with pytest.raises(CredsiteError, match="changed while"):
        pickle.loads(pickled)


@pytest.mark.parametrize(
    ("severities", "message"),
    [
        ("{own-a: error}", ""),
        ('{own-a: "off"}', ""),
        ("{own-b: error}", "No check of your hooks has the code `own-b`."),
        ('{own-w: "off"}', "`own-w` is not advice, so it cannot be turned off."),
    ],
)
def test_the_severities_of_own_codes_can_be_set(
    write_hooks: WriteHooks, severities: str, message: str
) -> None:
    site = write_hooks(CHECK.replace("]", ", CheckHook('own-w', print, 'Meaning.')]"))
    settings = site / "credsite.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + f"problems: {severities}\n", encoding="utf-8")
    file = read_settings(site)
    assert not file.wrong_keys
    _, problems = load_hooks(site, file.config)
    assert [one.message.startswith(message) for one in problems] == [True] * bool(message)
    without = settings.read_text(encoding="utf-8").replace("hooks: hooks.py", "")
    settings.write_text(without, encoding="utf-8")
    assert "There is no problem with the code" in read_settings(site).problems[-1].message
