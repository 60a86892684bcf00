"""Loads the hooks that credsite.yaml names, and says what is wrong with them."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import pluggy

from credsite.content.source_folders import HOOKS_FILE, SOURCE_FOLDERS
from credsite.core.errors import CredsiteError
from credsite.core.hashing import combined_digest, digest
from credsite.core.paths import join_inside
from credsite.core.regular_files import link_below, read_regular
from credsite.hooks.api import PROJECT, CheckHook, HookFunctions, OutputHook
from credsite.hooks.packages import identified, load_package, package_names
from credsite.hooks.plugin import BadHookError, Plugin
from credsite.problems.codes import OWN_CODE
from credsite.problems.model import Location, Problem, Severity
from credsite.problems.suggestions import with_closest_match
from credsite.schema.config import CONFIG_FILE, Config
from credsite.schema.config_file import only_advice_problem
from credsite.schema.kinds import Kind
from credsite.site.planned import PlannedFile

_MAX_CODE: Final = 2_000_000
_MAX_INPUT: Final = 100_000_000
"""Bytes of a file that hooks read."""
_MODULE: Final = "credsite_site_hooks"
"""The name of the module that hooks.py becomes."""
_FUNCTIONS: Final = tuple(name for name in vars(HookFunctions) if name.startswith(PROJECT))
_CODE: Final = re.compile(rf"{OWN_CODE}[a-z0-9]+(?:-[a-z0-9]+)*")
_FILTER: Final = re.compile(r"[a-z_][a-z0-9_]*")


class Hooks:
    """The hooks of a site, as far as they can be used, each kind in the order of its names.

    ``files`` are the bytes of the files that hooks read, ``digest`` stands for these and for the code. ``packages`` are the names
    of those hooks that are installed, with digests of their code. ``problems`` is what is wrong.
    """

    def __init__(self, root: Path, references: Sequence[str]) -> None:
        self._root, self._references = root, tuple(references)
        self.outputs: list[tuple[Plugin, OutputHook]] = []
        self.checks: list[tuple[Plugin, CheckHook]] = []
        self.filters: dict[str, Callable[..., Any]] = {}
        self.files: dict[str, bytes] = {}
        self.packages: tuple[str, ...] = ()
        self.problems: list[Problem] = []
        self.last_outputs: dict[str, tuple[str, list[PlannedFile]]] = {}
        """The files of each output, with the digest of its input: in a preview, most edits are of something else."""
        self._manager = pluggy.PluginManager(PROJECT)
        self._manager.add_hookspecs(HookFunctions)
        digests: list[str] = []
        for number, reference in enumerate(dict.fromkeys(self._references)):
            plugin = Plugin(reference, number, root)
            with plugin.problems_into(self.problems, plugin.reference):
                digests += [reference, self._load(plugin)]
        self.outputs.sort(key=lambda one: one[1].name)
        self.checks.sort(key=lambda one: one[1].code)
        digests += (part for path, data in sorted(self.files.items()) for part in (path, digest(data)))
        self.digest = combined_digest(digests)

    def __reduce__(self) -> tuple[Callable[..., Hooks], tuple[Path, tuple[str, ...], str]]:
        """For another process, which loads the code itself."""
        return _load_again, (self._root, self._references, self.digest)

    @property
    def codes(self) -> Mapping[str, Severity]:
        """The codes of the checks, with their usual severities."""
        return {check.code: Severity(check.severity) for _, check in self.checks}

    def _load(self, plugin: Plugin) -> str:
        """Load one file or package. The digest of its code. Raises what its code raises."""
        if plugin.is_file:
            data = _read(self._root / HOOKS_FILE)
            code = digest(data)
            functions: object = _run(data, plugin)
        else:
            if plugin.reference not in package_names():
                raise BadHookError(_unknown_package(plugin.reference))
            code = identified(plugin.reference)
            self.packages += (code,)
            functions = load_package(plugin.reference)
        self._register(plugin, functions)
        return code

    def _register(self, plugin: Plugin, functions: object) -> None:
        try:
            self._manager.register(functions, plugin.reference)
        except pluggy.PluginValidationError as error:
            raise BadHookError(f"A hook has other arguments than it can have: {error}.") from error
        callers = sorted(self._manager.get_hookcallers(functions) or (), key=lambda one: one.name)
        for caller in callers:
            if not caller.has_spec():
                message = f"`{caller.name}` is marked as a hook, but no hook has this name."
                raise BadHookError(with_closest_match(message, caller.name, _FUNCTIONS))
        found = {caller.name for caller in callers}
        for name in _FUNCTIONS:
            if name not in found and hasattr(functions, name):
                raise BadHookError(
                    f"Write `@hook` above `def {name}`: without it, the function is not called."
                )
        if not found:
            names = ", ".join(f"`{name}`" for name in _FUNCTIONS)
            raise BadHookError(f"There are no hooks in it. Write one of {names}, with `@hook` above it.")
        takers = {
            "credsite_outputs": self._add_outputs,
            "credsite_checks": self._add_checks,
            "credsite_filters": self._add_filters,
        }
        for caller in callers:
            for implementation in caller.get_hookimpls():
                if implementation.plugin is functions:
                    with plugin.problems_into(self.problems, caller.name, implementation.function):
                        takers[caller.name](plugin, implementation.function())

    def _add_outputs(self, plugin: Plugin, given: object) -> None:
        for output in _list_of(OutputHook, given):
            if any(output.name == other.name for _, other in self.outputs):
                raise BadHookError(f"Two outputs have the name `{output.name}`. Give one another name.")
            self._check_inputs(output)
            self.outputs.append((plugin, output))

    def _add_checks(self, plugin: Plugin, given: object) -> None:
        for check in _list_of(CheckHook, given):
            if not _CODE.fullmatch(check.code):
                raise BadHookError(
                    f"`{check.code}` cannot be the code of a check. Write `{OWN_CODE}` and small letters, digits and hyphens, "
                    f"such as `{OWN_CODE}course-code`."
                )
            if check.code in self.codes:
                raise BadHookError(f"Two checks have the code `{check.code}`. Give one another code.")
            if check.severity not in set(Severity) or not check.meaning.strip():
                raise BadHookError(
                    f"The check `{check.code}` needs a `severity`, which is error, warning or advice, and a `meaning`."
                )
            self._check_inputs(check)
            self.checks.append((plugin, check))

    def _add_filters(self, plugin: Plugin, given: object) -> None:
        from credsite.theme.templates import built_in_filters

        if not isinstance(given, Mapping):
            raise BadHookError('`credsite_filters` returns names and functions, such as {"shout": shout}.')
        for name, function in given.items():
            if not _FILTER.fullmatch(str(name)) or not callable(function):
                raise BadHookError(f"`{name}` is no filter: a filter is a name and a function.")
            if name in self.filters or name in built_in_filters():
                raise BadHookError(f"There is a filter `{name}` already. Give this one another name.")
            self.filters[name] = plugin.guarded_filter(name, function)

    def _check_inputs(self, one: OutputHook | CheckHook) -> None:
        """BadHookError where something is declared that does not exist. Declared files are read."""
        label, function = (one.name, one.make) if isinstance(one, OutputHook) else (one.code, one.check)
        name = f"`{label}`"
        if not isinstance(label, str) or not callable(function):
            raise BadHookError(f"{name} needs a name, which is a text, and a function.")
        for declared in (one.kinds, one.settings, one.files):
            if not isinstance(declared, list | tuple) or not all(isinstance(item, str) for item in declared):
                advice = f" Write a list: [{declared!r}]." if isinstance(declared, str) else ""
                raise BadHookError(f"{name} declares {declared!r}, which is no list of texts.{advice}")
        for names, known, what in (
            (one.kinds, [kind.value for kind in Kind], "a kind of entry"),
            (one.settings, list(Config.model_fields), "a key of credsite.yaml"),
        ):
            for written in names:
                if written not in known:
                    message = f"{name} declares `{written}`, which is not {what}."
                    raise BadHookError(with_closest_match(message, written, known))
        for path in one.files:
            self.files[path] = self._input(name, path)

    def _input(self, name: str, path: str) -> bytes:
        inside = join_inside("", path)
        if inside != path or path.partition("/")[0] not in SOURCE_FOLDERS or link_below(self._root, path):
            folders = ", ".join(f"`{folder}`" for folder in SOURCE_FOLDERS)
            raise BadHookError(
                f"{name} declares the file `{path}`. It has to be in one of the folders {folders} of the site, and no link. "
                "Files that only hooks read are best in `hooks`."
            )
        try:
            return read_regular(self._root / path, _MAX_INPUT)
        except OSError as error:
            raise BadHookError(
                f"{name} declares the file `{path}`, which cannot be read: {error.strerror or error}."
            ) from error


def _load_again(root: Path, references: Sequence[str], expected_digest: str) -> Hooks:
    hooks = Hooks(root, references)
    if hooks.digest != expected_digest:
        raise CredsiteError("The hooks were changed while the website was being built. Build again.")
    return hooks


def load_hooks(root: Path, config: Config) -> tuple[Hooks, list[Problem]]:
    """The hooks of a site, and what is wrong with them and with the severities of their codes."""
    hooks = Hooks(root, config.hooks)
    if hooks.problems:
        return hooks, hooks.problems
    return hooks, list(_severity_problems(hooks, config))


def _severity_problems(hooks: Hooks, config: Config) -> Iterator[Problem]:
    for code, severity in config.problems.items():
        if not code.startswith(OWN_CODE):
            continue
        location = Location(CONFIG_FILE, key=("problems", code), target="key")
        if code not in hooks.codes:
            message = with_closest_match(
                f"No check of your hooks has the code `{code}`.", code, hooks.codes, "Take the line out."
            )
            yield Problem("unknown-id", message, location)
        elif severity == "off" and hooks.codes[code] is not Severity.ADVICE:
            yield only_advice_problem(code)


def _read(path: Path) -> bytes:
    try:
        return read_regular(path, _MAX_CODE)
    except FileNotFoundError:
        raise BadHookError(f"There is no file `{HOOKS_FILE}` beside credsite.yaml.") from None
    except OSError as error:
        raise BadHookError(f"`{HOOKS_FILE}` cannot be read: {error.strerror or error}.") from error


def _run(data: bytes, plugin: Plugin) -> ModuleType:
    """The module that hooks.py is. Raises what its code raises.

    It is not imported, because that would write a folder with its compiled code into the site.
    """
    module = ModuleType(_MODULE)
    module.__file__ = plugin.file
    sys.modules[_MODULE] = module  # where the library for dataclasses looks for it
    exec(compile(data, plugin.file, "exec", dont_inherit=True), module.__dict__)  # noqa: S102 - trusted, as SECURITY.md says
    return module


def _unknown_package(reference: str) -> str:
    if reference.endswith(".py"):
        return f"`hooks` names `{HOOKS_FILE}` beside credsite.yaml, or packages that are installed. `{reference}` is neither."
    message = f"No installed package offers hooks with the name `{reference}`."
    return with_closest_match(
        message, reference, [HOOKS_FILE, *package_names()], "Install the package, or take the name out."
    )


def _list_of(kind: type[Any], given: object) -> Sequence[Any]:
    items = list(given) if isinstance(given, list | tuple) else [given]
    wrong = next((item for item in items if not isinstance(item, kind)), None)
    if wrong is not None or given is None:
        found = type(given if given is None else wrong).__name__
        raise BadHookError(f"The hook returns a list of `{kind.__name__}`, but there is a `{found}` in it.")
    return items
