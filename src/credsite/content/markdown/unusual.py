"""What a text holds that is probably not meant as it is shown, or that other programs show in another way."""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple


class Oddity(enum.Enum):
    """Why a piece of text is unusual: a sentence for editors, with the piece of text in place of ``{}``."""

    HEADING = "`{}` is not shown as a heading. Put a space after the # signs."
    OPEN_CODE = "The code that begins here never ends, so all that follows it is shown as code. Add a line {} after the code."
    TABLE_COLUMNS = "This is not shown as a table: `{}` has not as many columns as the line above it. Give both the same number."
    TABLE_IN_WORDS = (
        "This table is not shown as a table, because it belongs to the list or the quotation above it. Put a blank line"
        " before the table."
    )
    CELLS = (
        "This row has more cells than the head of the table, so `{}` is not shown. Add columns to the head and to the"
        " line below it. If `|` is part of a cell, write `\\|`."
    )
    SIGNS = (
        "`{}` is shown as it is written. Put no space between the words and the characters around them: `**words**`. If the"
        " words end with a full stop, a colon or the like, a space must follow: `**Note:** words`."
    )
    SPACES = (
        "Other programs do not accept the spaces in the address `{}`. Put the address between < and >:"
        " `[words](<two words.pdf>)`."
    )
    NO_LINK = (
        "`{}` is shown as it is written, and is not a link, because it is not an address. Put an address that has"
        " spaces between < and >. If it is not an address, put a space before the parenthesis."
    )
    DEFINITION = (
        "Nobody sees this line: Markdown takes it for the address of links that are written `{}`, and there are none."
        " If it is part of the text, put a backslash before it."
    )
    NO_FOOTNOTE = "There is no footnote `{}`, so this is shown as it is written. Add the line `{}: the words of the note`."
    FOOTNOTE = "Nothing in the text refers to the footnote `{}`. Write `{}` where it belongs."
    BULLET = (
        "`{}` is shown as part of a paragraph, not as an item of a list. Begin each item on a line of its own, with a hyphen and a"
        " space before it: `- Item`."
    )
    GAP = "`{}` is not shown as a link. Put no space between the brackets and the parenthesis: `[words](address)`."
    SWAPPED = "`{}` is not shown as a link. The words come first, in brackets, then the address: `[words](address)`."
    FROM_WORD = "`{}` is shown as it is written. It comes from a word processor: delete it, and paste the words again as plain text."
    NO_BREAK = (
        "`{}` has a no-break space at its beginning, which looks like a space, but is not read as one: no item and no heading"
        " begins here. Delete it, and type a space."
    )
    NO_TABLE = (
        "`{}` is not shown as a table. Add a line with a hyphen for each column below it: `| --- | --- |`."
    )
    NO_ADDRESS = "`{}` is not shown as a link, because the text has no line that says the address. Write `[words](address)`."
    OPEN_COMMENT = (
        "The comment that begins here never ends, so nobody sees what follows it. Add `-->` at its end."
    )
    WORDS_AS_CODE = "`{}` is shown as code, because its line begins with four spaces or a tab. Delete these."
    OTHER_PROGRAM = (
        "`{}` has a meaning only in other programs, and is shown here as it is written. Write it in words."
    )


class Unusual(NamedTuple):
    """A piece of a text that is unusual. ``line`` is its line, from 1; 0 where that is not known."""

    oddity: Oddity
    piece: str
    line: int

    @property
    def message(self) -> str:
        """What an editor should do."""
        return self.oddity.value.replace("{}", " ".join(self.piece.split()))


Report = Callable[[Oddity, str, int], None]
"""Takes what an :class:`Unusual` is made of."""

SHORTCODE: Final = re.compile(r":(?<![\w:]:)[a-z][a-z0-9_+\-]*[a-z0-9]:(?![\w:])")
"""The name of an emoji, as GitHub and others accept it."""
_BOXES: Final = (
    "note|abstract|summary|tldr|info|todo|tip|hint|important|success|check|done|question|help|faq|warning|caution"
    "|attention|failure|fail|missing|danger|error|bug|example|quote|cite"
)
_OTHER_PROGRAMS: Final = re.compile(
    rf"(?:!!!|\?\?\?\+?) +(?:{_BOXES})(?= *\Z| +\")|\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\] *\Z|\[\[?_?TOC_?\]\]? *\Z"
    r"|:{3,} *\w+|\{\{[<%] *\w[^{}\n]*\}\}|\{% *\w[^{}\n]*%\}|\{:? *[#.][\w\-]+ *\}"
)
"""The beginnings of paragraphs that mean something to GitHub, MkDocs, Pandoc and others."""


def syntax_of_other_programs(line: str) -> str | None:
    """What ``line`` begins with that means something only to other programs."""
    found = _OTHER_PROGRAMS.match(line)
    return found[0].rstrip() if found else None


def unusual_names(text: str) -> Iterator[Unusual]:
    """The names of emoji in a ``text`` without code."""
    for found in SHORTCODE.finditer(text) if ":" in text else ():
        yield Unusual(Oddity.OTHER_PROGRAM, found[0], text.count("\n", 0, found.start()) + 1)


def ignore(oddity: Oddity, piece: str, line: int) -> None:
    """Report nothing."""
