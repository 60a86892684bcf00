from __future__ import annotations

from credsite.problems.codes import CODES, warnings_as_errors, with_severities
from credsite.problems.model import Location, Problem, Severity


def problem(code: str, path: str = "a.md", line: int = 1, column: int = 1) -> Problem:
    return Problem(code, f"about {code}", Location(path, line, column))


def test_each_problem_has_its_usual_severity_and_they_are_in_the_order_of_their_locations() -> None:
    found = with_severities(
        [
            problem("missing-price", "b.md"),
            problem("broken-link", line=9),
            problem("bad-date", line=9, column=2),
            problem("bad-date", line=2),
        ],
        {},
    )
    assert [(str(p.location), p.code, p.severity) for p in found] == [
        ("a.md:2:1", "bad-date", Severity.ERROR),
        ("a.md:9:1", "broken-link", Severity.WARNING),
        ("a.md:9:2", "bad-date", Severity.ERROR),
        ("b.md:1:1", "missing-price", Severity.ADVICE),
    ]


def test_the_site_can_change_severities() -> None:
    found = with_severities(
        [problem("missing-price"), problem("broken-link"), problem("summary-long")],
        {"missing-price": "off", "broken-link": "error"},
    )
    assert [(p.code, p.severity) for p in found] == [
        ("broken-link", Severity.ERROR),
        ("summary-long", Severity.ADVICE),
    ]


def test_equal_problems_are_reported_once() -> None:
    assert (
        len(with_severities([problem("bad-date"), problem("bad-date"), problem("bad-date", line=2)], {})) == 2
    )


def test_every_code_can_be_written_and_says_what_it_means() -> None:
    for code, found in CODES.items():
        assert code == code.lower().replace(" ", "-"), code
        assert found.meaning.endswith("."), code


def test_warnings_become_errors_and_advice_stays() -> None:
    found = with_severities([problem("broken-link"), problem("missing-price")], {})
    assert [p.severity for p in warnings_as_errors(found)] == [Severity.ERROR, Severity.ADVICE]
