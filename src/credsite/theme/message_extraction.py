"""Collects all messages that can be translated into ``messages.pot``, the file that translators start from.

``python -m credsite.theme.message_extraction`` writes ``themes/default/locale/messages.pot`` of a source checkout from the
theme's templates and from the Python code that has messages. The file has no dates and no line numbers, so that it changes only
when a message does.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path
from typing import Final

from credsite.theme.packaged import packaged_themes

KEYWORDS: Final = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
COMMENT_TAG: Final = "Translators:"

_HEADER: Final = r"""# The words of the default theme, in English.
#
# Copy this file to <language>/LC_MESSAGES/messages.po (such as fr/LC_MESSAGES/messages.po) and write the
# translations there.
msgid ""
msgstr ""
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"

"""


def extract_messages(templates: Path, packages: list[Path]) -> bytes:
    """A ``.pot`` file of the messages in ``templates`` (HTML) and in the Python files of ``packages``."""
    from babel.messages import Catalog
    from babel.messages.extract import extract_from_dir
    from babel.messages.pofile import write_po

    catalog = Catalog()
    sources = [(templates, "html", "jinja2", "templates")]
    sources += [(package, "py", "python", package.name) for package in packages]
    for folder, suffix, method, label in sources:
        for file, _line, message, comments, _context in extract_from_dir(
            folder,
            method_map=[(f"**.{suffix}", method)],
            options_map={f"**.{suffix}": {"trimmed": "true", "newstyle_gettext": "true", "silent": "false"}},
            keywords=KEYWORDS,
            comment_tags=[COMMENT_TAG],
        ):
            catalog.add(message, locations=[(f"{label}/{Path(file).as_posix()}", 0)], auto_comments=comments)
    buffer = BytesIO()
    write_po(buffer, catalog, width=110, omit_header=True, sort_output=True, include_lineno=False)
    return _HEADER.encode() + buffer.getvalue()


def default_pot() -> tuple[Path, bytes]:
    """The path of the default theme's ``messages.pot``, and the content that it should have."""
    theme = packaged_themes() / "default"
    package = Path(__file__).resolve().parent.parent
    data = extract_messages(theme / "templates", [package / name for name in ("schema", "site", "theme")])
    return theme / "locale" / "messages.pot", data


def main() -> None:
    path, data = default_pot()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    sys.stdout.write(f"{path}: {data.count(b'msgid ') - 1} messages\n")


if __name__ == "__main__":
    main()
