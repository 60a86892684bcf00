"""The option ``--whole``, the counting of cases, and the page docs/reliability.md that a whole run writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.torture.reliability import missing_modules, write_page
from tests.torture.trials import Trials

PARTS = 8
"""Into how many tests a whole run splits one that takes minutes, so that all processors share it."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give a test with a ``part`` the slices of its cases; a sample is one slice, with all that it tries."""
    if "part" in metafunc.fixturenames:
        parts = PARTS if metafunc.config.getoption("whole") else 1
        slices = [slice(first, None, parts) for first in range(parts)]
        metafunc.parametrize("part", slices, ids=[f"{first + 1} of {parts}" for first in range(parts)])


@pytest.fixture
def whole(pytestconfig: pytest.Config) -> bool:
    """Whether everything is to be tried, as `make torture` does, or a sample that takes seconds."""
    return bool(pytestconfig.getoption("whole"))


@pytest.fixture
def trials(
    request: pytest.FixtureRequest, record_property: Callable[[str, object], None]
) -> Iterator[Trials]:
    """Counts the cases of the test, which fails at its end if one was not survived."""
    counted = Trials()
    yield counted
    record_property("torture", [request.module.__name__.rpartition(".")[2], counted.tried, counted.survived])
    if not counted.tried:
        pytest.fail("the test tried nothing")
    if verdict := counted.verdict():
        pytest.fail(verdict, pytrace=False)


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, exitstatus: pytest.ExitCode, config: pytest.Config
) -> None:
    """Write the page after a whole run of all modules, in the process that has the results of all workers."""
    if not config.getoption("whole"):
        return
    reports = [report for reports in terminalreporter.stats.values() for report in reports]
    counts = [
        tuple(value)
        for report in reports
        if getattr(report, "when", "") == "teardown"
        for name, value in report.user_properties
        if name == "torture"
    ]
    chosen = config.option.keyword or config.option.markexpr or any("::" in name for name in config.args)
    ended = exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED)
    if chosen or not ended or (missing := missing_modules(counts)):
        said = "some tests were left out" if chosen or not ended else f"not run: {', '.join(missing)}"
        terminalreporter.write_line(f"docs/reliability.md is as it was, since {said}.")
        return
    terminalreporter.write_line(f"Written: {write_page(counts)}")
