"""Checks pages with the Nu HTML checker."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tests.support.tools import java, vnu_jar

# The checker's grammar recurses deeply, hence the stack; 700 pages of 30 KB take half of this heap.
JAVA_OPTIONS = ("-Xss4m", "-Xmx512m", "-XX:+UseSerialGC")
TIMEOUT = 600


def check_html(root: Path) -> list[str]:
    """The errors in all *.html files below `root`, as `path:line: text`; empty if all are valid.

    One Java process checks all files. It takes a second to start, and then checks about 70 pages of 30 KB a second.
    Raises ValueError if there is no page below `root`, ToolMissingError if the checker or Java is not there,
    RuntimeError if the checker itself fails.
    """
    if next(root.rglob("*.html"), None) is None:
        raise ValueError(f"{root} holds no page to check")
    command: list[str | Path] = [java(), *JAVA_OPTIONS, "-jar", vnu_jar()]
    # Detecting the language of each page takes time and memory, and gives only warnings.
    command += ["--skip-non-html", "--errors-only", "--no-langdetect", "--format", "json", "--stdout"]
    done = subprocess.run(
        [*command, root.resolve()],
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=TIMEOUT,
    )
    try:
        messages = json.loads(done.stdout)["messages"]
    except ValueError:
        raise RuntimeError(
            f"The HTML checker failed: {(done.stderr or done.stdout).strip()[-2000:]}"
        ) from None
    if done.returncode != 0 and not messages:
        raise RuntimeError(f"The HTML checker ended with {done.returncode}: {done.stderr.strip()[-2000:]}")
    return sorted(_sentence(message, root.resolve()) for message in messages)


def _sentence(message: dict[str, str | int], root: Path) -> str:
    path = Path(unquote(urlsplit(str(message.get("url", ""))).path))
    shown = path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
    return f"{shown}:{message.get('lastLine', 1)}: {message['message']}"
