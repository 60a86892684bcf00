"""The commands. The only place that prints or exits: 0 fine, 1 problems in content, 2 wrong use."""

from __future__ import annotations

import importlib
from typing import Final

import click

from credsite import __version__

_COMMANDS: Final = {
    "build": "Build the website.",
    "check": "Say what is wrong with the content, and how to mend it.",
    "report": "Say how well the catalogue is: what is urgent, missing, and coming.",
    "serve": "Show the website in your browser while you write.",
    "new": "Make a new course, story, pathway, provider, industry or page.",
    "import": "Make and change entries from a spreadsheet.",
    "export": "Write the entries to a spreadsheet.",
    "init": "Make a new site to start from.",
    "schema": "Help editors' programs to complete and check what is typed.",
    "cms": "Put a form into the site, to edit it in a browser.",
    "clean": "Remove the built website.",
}
_MODULES: Final = {"import": "import_"}
"""The modules of commands whose names Python keeps for itself."""


class _Commands(click.Group):
    """Loads a command's module only when it is called for, so that each starts quickly."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        module = _MODULES.get(cmd_name, cmd_name)
        command: click.Command = importlib.import_module(f"credsite.cli.{module}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        from credsite.problems.suggestions import closest_match, with_suggestion

        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            meant = closest_match(args[0], _COMMANDS)
            if not meant or args[0] in _COMMANDS:
                raise
            raise click.UsageError(
                with_suggestion(f"There is no command `{args[0]}`.", meant), ctx
            ) from error


@click.group(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="credsite")
def main() -> None:
    """Turn Markdown course pages and learners' stories into a catalogue website.

    Begin with `credsite init my-catalogue`. In a site's folder, `credsite serve` shows the website while you
    write, `credsite check` says what is wrong, and `credsite build` makes the website to publish.
    """
