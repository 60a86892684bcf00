"""Which entries make credsite itself fail.

Entries are added to an empty site, kind by kind, in an order in which each finds what it depends on. Where a kind makes the work
fail, the work is tried with half of its entries, then with half of these.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from credsite.content.records import Record
from credsite.core.errors import CredsiteError
from credsite.problems.faults import fault_message, fault_problem
from credsite.problems.model import Problem
from credsite.schema.kinds import Kind
from credsite.theme.loader import ThemeError

_MOST: Final = 20
"""Where more entries than that make it fail, or most of a kind, it must not go on without them: nobody wants such a website."""

_KINDS: Final = (
    Kind.INDUSTRY,
    Kind.DELIVERY_MODE,
    Kind.PLACE,
    Kind.PROVIDER,
    Kind.PAGE,
    Kind.COURSE,
    Kind.PATHWAY,
    Kind.STORY,
)
"""Each kind of entry after those that it depends on."""

Attempt = Callable[[Sequence[Record]], object]
"""Does the work with only some entries. Whatever it raises is a failure."""


def entry_faults(error: Exception, records: Sequence[Record], attempt: Attempt) -> list[Problem]:
    """A problem for each entry that makes ``attempt`` fail by itself, as it has failed with all ``records``.

    Raises ``error`` where that is no fault of credsite, or where no few entries are the cause.
    """
    if not isinstance(error, ThemeError):
        fault_message(error)  # raises errors that are no faults
    harmless: list[Record] = []
    faults: list[Problem] = []
    for kind in _KINDS:
        of_kind = [record for record in records if record.kind is kind]
        found = _search(of_kind, harmless, attempt, faults)
        are_most = found is not None and len(found) > 2 and len(found) * 2 > len(of_kind)
        if found is None or are_most or len(faults) > _MOST:
            raise error
        harmless += (record for record in of_kind if record.path not in found)
        if found and _failure(harmless, attempt) is not None:
            raise error
    if not faults:
        raise error
    return faults


def _search(
    records: Sequence[Record], harmless: Sequence[Record], attempt: Attempt, faults: list[Problem]
) -> set[str] | None:
    """The paths of those of ``records`` that fail beside the ``harmless`` ones; their problems are added to ``faults``.

    None where it takes several of them together.
    """
    failure = _failure([*harmless, *records], attempt) if records and len(faults) <= _MOST else None
    if failure is None:
        return set()
    if len(records) == 1:
        faults.append(fault_problem(failure, records[0].path))
        return {records[0].path}
    middle = len(records) // 2
    halves = [_search(half, harmless, attempt, faults) for half in (records[:middle], records[middle:])]
    found = set().union(*filter(None, halves))
    return found or None


def _failure(records: Sequence[Record], attempt: Attempt) -> Exception | None:
    try:
        attempt(records)
    except ThemeError as error:
        return error.__cause__ if isinstance(error.__cause__, Exception) else None
    except CredsiteError:
        raise
    except Exception as error:  # noqa: BLE001 - any error is a fault
        return error
    return None
