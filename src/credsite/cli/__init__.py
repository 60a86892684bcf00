"""The commands. Only this package prints or exits; the exit codes are in :mod:`credsite.cli.decorators`."""

from __future__ import annotations

import importlib
from typing import Any, Final

import click

from credsite import __version__
from credsite.cli.streams import prepare_streams

_COMMANDS: Final = {
    "build": "Build the website.",
    "check": "Check the content, and say how to fix what is wrong.",
    "report": "Report on the catalogue: what is urgent, what is missing, what comes next.",
    "serve": "Preview the website in your browser while you write.",
    "new": "Create a new course, story, pathway, provider, place, industry or page.",
    "import": "Create and change entries from a spreadsheet.",
    "export": "Write the entries to a spreadsheet.",
    "init": "Create a new site to start from.",
    "schema": "Help code editors to complete and check what you type.",
    "cms": "Add a form to the site, to edit its content in a browser.",
    "theme": "Make a theme of your own, or copy a template to change it.",
    "dates": "Record when entries were published, for feeds and calendars.",
    "csp": "Print the Content-Security-Policy for your host.",
    "publish": "Build the website, and put it into a branch of Git or a folder on a server.",
    "host": "Prepare a site to be published on GitHub Pages, Netlify, nginx or another host.",
    "clean": "Remove the built website.",
}
_MODULES: Final = {"import": "import_"}
"""Modules of the commands whose names are Python keywords."""


class _Commands(click.Group):
    """Imports a command's module only when that command runs, so that each command starts quickly."""

    def main(self, *arguments: Any, **options: Any) -> Any:
        prepare_streams()
        return super().main(*arguments, **options)

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
            if args[0] == "explain":
                meant = " ".join(["credsite check --explain", *args[1:2]])
                raise click.UsageError(
                    with_suggestion("There is no command `explain`.", meant), ctx
                ) from error
            suggestion = closest_match(args[0], _COMMANDS)
            if not suggestion or args[0] in _COMMANDS:
                raise
            raise click.UsageError(
                with_suggestion(f"There is no command `{args[0]}`.", suggestion), ctx
            ) from error


@click.group(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="credsite")
def main() -> None:
    """Turn Markdown course pages and learners' stories into a catalogue website.

    Start with `credsite init my-catalogue`. In a site's folder, `credsite serve` previews the website while you
    write, `credsite check` says what is wrong, and `credsite build` builds the website to publish.
    """
