"""Checks the headings of a sheet: whether they are columns of the kind of entry that is imported, or of another kind."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final

from credsite.authoring.spreadsheet.cells import normalize_heading
from credsite.authoring.spreadsheet.columns import REASON_HEADING, Column, Columns, columns_of
from credsite.authoring.spreadsheet.mapping import SheetMapping
from credsite.authoring.spreadsheet.sheets import Sheet, SheetError
from credsite.problems.suggestions import closest_match, with_suggestion
from credsite.schema.introspection import required_fields
from credsite.schema.kinds import CREATABLE, KINDS, Kind
from credsite.schema.models import EntryFields
from credsite.schema.site_schema import SiteSchema

_UNIT: Final = re.compile(r"(.+?)\s*[(\[](.+?)[)\]]\s*")
"""A heading with a unit, such as `Price (CAD)`."""

_OTHER_WORDS: Final = {
    **dict.fromkeys(("name", "course", "course name", "course title", "programme", "program"), "title"),
    **dict.fromkeys(("description", "short description", "overview", "about"), "summary"),
    **dict.fromkeys(("college", "institution", "school", "organisation", "organization"), "provider"),
    **dict.fromkeys(("sector", "sectors", "subject area", "field"), "industries"),
    **dict.fromkeys(("mode", "delivery", "format", "delivery method", "mode of delivery"), "delivery_modes"),
    **dict.fromkeys(("cost", "fee", "fees", "tuition", "tuition fee", "course fee", "amount"), "price"),
    **dict.fromkeys(
        ("start", "starts", "start date", "starting date", "begins", "date", "dates"), "session starts"
    ),
    **dict.fromkeys(("end", "ends", "end date", "finishes"), "session ends"),
    **dict.fromkeys(("deadline", "apply by", "application deadline", "closing date"), "session apply_by"),
    **dict.fromkeys(("venue", "place", "campus", "where", "location", "locations"), "session location"),
    **dict.fromkeys(("places", "places left", "capacity"), "session seats"),
    **dict.fromkeys(
        ("link", "url", "web address", "webpage", "web page", "website", "booking link", "register"),
        "enrol_url",
    ),
    **dict.fromkeys(("length", "how long"), "duration"),
    **dict.fromkeys(("study time", "hours", "total hours", "effort"), "workload"),
    **dict.fromkeys(("learning outcomes", "objectives", "what you will learn"), "outcomes"),
    **dict.fromkeys(("entry requirements", "requirements"), "prerequisites"),
    **dict.fromkeys(("language",), "languages"),
}
"""What the headings of other sheets often are, by columns of credsite."""
_MAX_NAMED: Final = 8


def find_column(columns: Columns, name: str, where: str) -> Column:
    """The column ``name``. Raises SheetError, which says ``where`` it is named, if there is none."""
    column = columns.find(name)
    if column is None:
        message = f"{where} names the column `{name}`, which does not exist."
        raise SheetError(_with_closest_heading(message, name, columns))
    return column


def check_headings(sheet: Sheet, columns: Columns, mapping: SheetMapping) -> None:
    """Raises SheetError for headings that are neither columns nor in the mapping."""
    unknown = [
        heading
        for heading in sheet.headings
        if columns.find(heading) is None
        and not mapping.handles(heading)
        and normalize_heading(heading) != REASON_HEADING
    ]
    if not unknown:
        return
    if len(unknown) == len(sheet.headings) > 1 and not mapping.columns:
        found = ", ".join(f"`{heading}`" for heading in unknown[:_MAX_NAMED])
        advice = (
            f"{_other_kind(sheet.headings, columns)} `credsite import --template` lists the known columns."
        )
        raise SheetError(
            f"{sheet.name}: none of the headings in its first row is a known column: {found}. If the row of headings is missing, "
            "insert it; if another organisation made the sheet, say in a mapping file what its headings mean. "
            f"{advice.strip()}"
        )
    lines = [
        _with_closest_heading(f"`{heading}` is not a known column.", heading, columns) for heading in unknown
    ]
    advice = (
        "Rename or delete such columns, leave them out with `--ignore`, or say in a mapping file what they mean. `credsite import "
        "--template` lists the known columns."
    )
    if other := _other_kind(sheet.headings, columns):
        advice = f"{other} {advice}"
    raise SheetError("\n".join([f"{sheet.name}: nothing was imported.", *lines, advice]))


def _other_kind(headings: Sequence[str], columns: Columns) -> str:
    """The advice to import another kind of entry, if the sheet has more of its columns; otherwise ""."""
    counts = {
        kind: sum(columns_of(kind, columns.schema).find(heading) is not None for heading in headings)
        for kind in CREATABLE
    }
    most = max(counts.values())
    best = [kind for kind in CREATABLE if counts[kind] == most]
    if any(columns.schema.models[kind] is columns.model for kind in best):
        return ""
    names = " or ".join(f"`--kind {kind}`" for kind in best)
    kinds = " or ".join(KINDS[kind].folder for kind in best)
    return f"These look like the columns of {kinds}. If they are, add {names}."


def complete_kinds(keys: Collection[str], kind: Kind, schema: SiteSchema) -> str:
    """The advice to import the sheet as other kinds of entries, if it lacks keys that ``kind`` needs, and none of theirs.

    ``keys`` are those that the sheet has columns for, ``schema`` is that of the site. "" if there is nothing to advise.
    """
    missing = _needed_keys(schema.models[kind]) - set(keys)
    others = [
        other
        for other in CREATABLE
        if other is not kind
        and _needed_keys(schema.models[other]) <= set(keys) <= set(columns_of(other, schema).keys)
    ]
    if not missing or not others:
        return ""
    options = " or ".join(f"`--kind {other}`" for other in others)
    folders = " or ".join(KINDS[other].folder for other in others)
    columns = (
        f"{'column' if len(missing) == 1 else 'columns'} {', '.join(f'`{key}`' for key in sorted(missing))}"
    )
    return f"The sheet has no {columns}. If its rows are {folders}, add {options}."


def _needed_keys(model: type[EntryFields]) -> set[str]:
    return {field.path[0] for field in required_fields(model)}


def _with_closest_heading(message: str, heading: str, columns: Columns) -> str:
    """``message`` with the known heading that was probably meant."""
    unit = _UNIT.fullmatch(heading)
    if unit is not None and (column := columns.find(unit[1])) is not None:
        return (
            f"{with_suggestion(message, column.heading)} Then write the unit in each cell, such as `12 {unit[2]}`, or say it in a "
            f'mapping file: `{column.heading}: "{{{heading}}} {unit[2]}"`.'
        )
    meant = _OTHER_WORDS.get(normalize_heading(heading), "")
    if columns.find(meant) is None:
        names = {normalize_heading(column.heading): column.heading for column in columns.all}
        by_words = {name.replace(" ", "-"): own for name, own in names.items()}
        name = normalize_heading(heading)
        meant = names.get(closest_match(name, names), "") or by_words.get(closest_match(name, by_words), "")
    return with_suggestion(message, meant)
