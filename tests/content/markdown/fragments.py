"""Pieces of Markdown, from which tests put texts together."""

from __future__ import annotations

SIGNS = [
    "a", "b ", "word ", "é", "\n", "\n\n", "    ", "\t", "\t\n", " ", "  \n", "\u2028", "\xa0", "#", "# ", "- ", "+ ", "1. ",
    "> ", "---\n", "===\n", ": ", ":", ": x\n", "\n: ", "é: ", "|", "\\|", "|-|-|\n", "a|b\n", "*", "**", "_", "__", "`", "``",
    "```\n", "~~~\n", "\\", "[a]", "[", "]", "(b)", "![", "[a]: c", "[^1]", "[^1]: ", "[^1]:: ", "<", "</", ">", "<a ", "<b>",
    "</b>", "<div>", "</div>", "<hr>", "<!--", "-->", "<?", "?>", "<x@y.example>", "<http://a.example>", "&", "&#", "&#12",
    "&amp;", ";", "'", '"', "=", "{", "}",
]  # fmt: skip
# What most texts are made of, and what comes close to it.
WORDS = [
    "Plain words", " and more, ", "(really)", "on\ntwo lines", ". ", "\n", "\n\n", " ", "  \n", "**bold**", "**Day 1.** ", "*em*",
    "***both***", "**", "*", "_em_", "[a link](course:x)", "[two\nlines](a/b_c*d.html#e)", "[t](u (v))", "![image](a.png)",
    "[", "](x)", "[^1](x)", "`", "`code`", "\\", "&", "<br>", "## Heading\n\n", "# *Em* heading #\n\n", "- one\n- two\n\n",
    "\n\n- one\n\n- two\n    - three **strong**\n\n", "\n\n1. **one** a\n2. two\n", "    more\n", "\n\n> **said** so\n", "| a | *b* |\n|---|:-:|\n",
    "\n===\n", "\n---\n", "\n: is what\n", "\n\n```\ncode\n```\n\n", "\n\n    code \n\n\n", "[^1]: note *x*\n", "[a link]: y\n", "“Oh”", "é", "2",
]  # fmt: skip
