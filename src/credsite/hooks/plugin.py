"""One file or package with hooks, and what becomes of its mistakes: problems that name the hook and its line."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import chdir, contextmanager, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from credsite.content.source_folders import HOOKS_FILE
from credsite.core.errors import CredsiteError
from credsite.problems.faults import DEBUG
from credsite.problems.model import Location, Problem
from credsite.schema.config import CONFIG_FILE
from credsite.theme.loader import ThemeError

_MAX_LENGTH: Final = 300


class BadHookError(Exception):
    """Something about a hook is not as it has to be. Says what to do."""


@dataclass(frozen=True, slots=True)
class Plugin:
    """What credsite.yaml names: ``hooks.py``, or a package, at a position in the list ``hooks``."""

    reference: str
    position: int
    root: Path

    @property
    def is_file(self) -> bool:
        return self.reference == HOOKS_FILE

    @property
    def file(self) -> str:
        """The path of the file as it stands in tracebacks; of a package, ""."""
        return str(self.root / HOOKS_FILE) if self.is_file else ""

    @property
    def source(self) -> str:
        """The file of the site that problems are about."""
        return HOOKS_FILE if self.is_file else CONFIG_FILE

    @contextmanager
    def problems_into(
        self, problems: list[Problem], hook: str, function: Callable[..., Any] | None = None
    ) -> Iterator[None]:
        """Whatever the body raises is a problem, of ``hook``, and at the line of ``function`` where it has no line itself.

        Not so in debugging. What the body prints goes to standard error, so that the output of commands can still be read by programs. Its
        changes of the working folder are undone, because paths of the site may be relative to it.
        """
        try:
            with redirect_stdout(sys.stderr), chdir("."):
                yield
        except BadHookError as error:
            line = self._line(error) or _line_of(function)
            problems.append(Problem("bad-hook", str(error), self._location(line)))
        except (CredsiteError, MemoryError, KeyboardInterrupt):
            raise
        except BaseException as error:  # such as SystemExit, or what libraries in Rust raise
            if os.environ.get(DEBUG):
                raise
            line, message = self._failure(error, hook)
            problems.append(Problem("hook-failed", message, self._location(line or _line_of(function))))

    def guarded_filter(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The filter, whose errors say where in the hooks they come from."""

        def guarded(*arguments: Any, **named: Any) -> Any:
            try:
                return function(*arguments, **named)
            except (MemoryError, KeyboardInterrupt):
                raise
            except BaseException as error:
                if os.environ.get(DEBUG):
                    raise
                line, message = self._failure(error, name)
                path = Path(self.file) if self.is_file else self.root / CONFIG_FILE
                raise ThemeError(message, path, line) from error

        return guarded

    def _location(self, line: int) -> Location:
        if not self.is_file:
            return Location(CONFIG_FILE, key=("hooks", self.position))
        if line:
            return Location(HOOKS_FILE, line, 1)
        is_there = (self.root / HOOKS_FILE).is_file()
        return Location(HOOKS_FILE) if is_there else Location(CONFIG_FILE, key=("hooks", self.position))

    def _failure(self, error: BaseException, hook: str) -> tuple[int, str]:
        """The line in hooks.py at which a hook fails, 0 if it is none there, and a sentence about it."""
        words = " ".join(str(error).split())[:_MAX_LENGTH]
        frames = traceback.extract_tb(error.__traceback__)
        if isinstance(error, SyntaxError) and error.filename == self.file:
            return error.lineno or 0, f"This is not Python: {error.msg}."
        place = ""
        if not self.is_file and frames:
            place = f" ({Path(frames[-1].filename).name}, line {frames[-1].lineno})"
        name = "The file" if hook == self.reference and self.is_file else f"The hook `{hook}`"
        message = (
            f"{name} fails here{place}: {type(error).__name__}{f': {words}' if words else ''}. What you wrote in your entries "
            f"need not be wrong: ask whoever wrote the hook. {DEBUG}=1 shows more."
        )
        return self._line(error), message

    def _line(self, error: BaseException) -> int:
        """The last line of hooks.py that an error has come through, 0 for none."""
        frames = traceback.extract_tb(error.__traceback__)
        return next((frame.lineno or 0 for frame in reversed(frames) if frame.filename == self.file), 0)


def _line_of(function: Callable[..., Any] | None) -> int:
    code = getattr(function, "__code__", None)
    return getattr(code, "co_firstlineno", 0)
