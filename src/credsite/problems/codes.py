"""Every code that a problem can have, with its usual severity and its meaning."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from credsite.problems.model import Problem, Severity


@dataclass(frozen=True, slots=True)
class ProblemCode:
    """A kind of problem: its usual severity and what it means, for the documentation."""

    severity: Severity
    meaning: str


def _codes(severity: Severity, meanings: Mapping[str, str]) -> dict[str, ProblemCode]:
    return {code: ProblemCode(severity, meaning) for code, meaning in meanings.items()}


CODES: Mapping[str, ProblemCode] = {
    **_codes(
        Severity.ERROR,
        {
            # files
            "file-unreadable": "The file cannot be opened: it is missing behind its link, or may not be read.",
            "file-too-large": "The file is larger than the limit `max_file_size` in credsite.yaml.",
            "file-not-utf8": "The file is not saved as UTF-8. Save it again with the encoding UTF-8.",
            "file-nul": "The file contains NUL bytes, which no text has. Save it again as a text with the encoding UTF-8.",
            "link-outside-site": "The file is a symbolic link that leads out of the site's folder.",
            "unknown-folder": "The Markdown file lies in a folder that credsite does not know.",
            "unknown-language": "The file name ends in a language that the site is not published in.",
            "bad-slug": "A slug may hold only the letters a to z, digits, and hyphens between them.",
            # front matter
            "front-matter-missing": "The file does not begin with a line `---` and its front matter.",
            "front-matter-unclosed": "The front matter has no closing line `---`.",
            "front-matter-toml": "The front matter is TOML (between `+++` lines); credsite reads YAML.",
            "front-matter-shape": "The YAML is not a list of `key: value` lines.",
            "yaml-tab": "The YAML is indented with a tab; YAML allows only spaces.",
            "yaml-syntax": "The YAML cannot be understood, often for want of quotes or a space.",
            "yaml-alias": "The YAML uses an anchor (`&name`) or an alias (`*name`), or a text begins with one of these signs.",
            "yaml-too-deep": "The YAML is nested too deeply.",
            "duplicate-key": "The same key stands twice in one block.",
            # values
            "missing-key": "A required key is missing or empty.",
            "unknown-key": "The key is not one that credsite knows here.",
            "wrong-type": "The value has the wrong shape: a text where a list is needed, or the like.",
            "unknown-value": "The value is not one of those that may stand here.",
            "bad-number": "The value is not a number, or not in the range that makes sense here.",
            "bad-date": "The value is not a date such as 2027-01-31, or a day that the calendar does not have.",
            "bad-duration": "The value is not a length of time such as `6 weeks`, `3-7 days` or `P6W`.",
            "bad-price": "The value is not a price such as `495 CAD` or `free`.",
            "bad-currency": "The currency is not an ISO 4217 code such as CAD or EUR.",
            "negative-amount": "An amount of money is below zero.",
            "bad-url": "The value is not a web address that starts with https://, http://, mailto: or tel:.",
            "bad-alias": "An alias is not a path on this site such as /old/name/.",
            "bad-language": "The value is not a language tag (BCP 47) such as en, fr-CA or uk.",
            "bad-country": "The value is not a country code (ISO 3166-1) such as CA or FR.",
            "bad-time-zone": "The value is not a time zone such as America/Toronto.",
            "bad-code": "The code does not have the form that its scheme uses.",
            "bad-ctid": "The value is not a Credential Engine id: `ce-` and a lower-case UUID.",
            # fields that must agree
            "session-location": "A session has a location although it is taught online.",
            "session-ends-first": "A session ends before it starts.",
            "session-apply-by": "A session's deadline for applications is after its start.",
            "session-mode": "A session is delivered in a way that the course does not list.",
            "dates-reversed": "The second of two dates is before the first.",
            "choose-too-many": "A pathway's step asks learners to choose more courses than it lists.",
            # entries that must agree
            "unknown-id": "There is no entry or setting with this id.",
            "duplicate-slug": "Two files of the same folder have the same slug.",
            "duplicate-ctid": "Two courses have the same Credential Engine id.",
            "url-collision": "Two pages would have the same address.",
            "prerequisite-cycle": "Courses require each other in a circle.",
            "pathway-in-pathway": "A pathway's step names a pathway; steps list courses.",
            # bodies and images
            "link-scheme": "A link's address has a scheme that is not allowed.",
            "body-too-complex": "The text is nested too deeply or too tangled to be turned into a page.",
            "image-unreadable": "The image file is damaged or not an image of a kind that browsers show.",
            "image-unsafe": "The SVG image holds scripts or loads something from elsewhere.",
            # the theme
            "theme-error": "The theme is missing something, or one of its templates is wrong.",
        },
    ),
    **_codes(
        Severity.WARNING,
        {
            "broken-link": "A link leads to an entry, page or part of a page that does not exist.",
            "held-back-link": "A link leads to an entry that is held back; it is shown as plain text.",
            "broken-image": "The image file does not exist.",
            "image-external": "The image would be loaded from another website; it is left out.",
            "html-not-allowed": "The text holds HTML that is not allowed; it is left out.",
            "apply-by-past": "The deadline of a session that has not begun is past.",
            "story-held-back": "The story has no consent, or its consent has expired or was withdrawn: it is not published.",
            "held-back-with": "The entry is held back because another that it needs is.",
            "link-dead": "There is nothing at the address on another website, or that website does not answer.",
        },
    ),
    **_codes(
        Severity.ADVICE,
        {
            "summary-long": "The summary is longer than 160 characters; lists and search engines cut it.",
            "missing-duration": "Visitors ask how long a course takes: give its `duration`.",
            "missing-workload": "Visitors ask how much time to set aside: give the `workload`.",
            "missing-price": "Visitors ask what a course costs: give its `price`, or `free`.",
            "missing-outcomes": "Visitors ask what they can do afterwards: list the `outcomes`.",
            "missing-assessment": "A micro-credential is assessed: say how in `assessment_methods`.",
            "image-alt-missing": "An image in the text has no description for people who cannot see it.",
            "review-overdue": "The date in `review_by` is past: read the entry through and set a new date.",
            "link-moved": "What the link leads to has moved for good: write the new address.",
            "standard-eu": "The course does not say all that the European description of micro-credentials asks for.",
            "standard-ecampusontario": "The course does not say all that eCampusOntario's framework asks for.",
            "standard-osap": "The course is not as OSAP asks of micro-credentials, or does not say so.",
        },
    ),
}


def warnings_as_errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems with warnings as errors."""
    return tuple(
        replace(problem, severity=Severity.ERROR) if problem.severity is Severity.WARNING else problem
        for problem in problems
    )


def with_severities(problems: Iterable[Problem], severities: Mapping[str, str]) -> list[Problem]:
    """The problems in order of place, each with its severity: ``severities`` (from credsite.yaml) or the usual one.

    ``severities`` maps codes to ``error``, or advice to ``off``, which leaves it out. The same problem found
    twice is kept once.
    """
    kept: dict[Problem, None] = {}
    for problem in problems:
        severity = severities.get(problem.code, CODES[problem.code].severity)
        if severity != "off":
            kept[replace(problem, severity=Severity(severity))] = None
    return sorted(kept, key=lambda problem: problem.sort_key)
