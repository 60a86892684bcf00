"""Every code that a problem can have, with its usual severity and its meaning."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from credsite.problems.model import Problem, Severity


@dataclass(frozen=True, slots=True)
class ProblemCode:
    """A kind of problem: its usual severity, and its meaning for the documentation."""

    severity: Severity
    meaning: str


OWN_CODE: Final = "own-"
"""How the codes of a site's own checks begin. Their problems have their usual severity themselves."""

_OWN_MEANING: Final = "A check of this site's own has found it."


def _codes(severity: Severity, meanings: Mapping[str, str]) -> dict[str, ProblemCode]:
    return {code: ProblemCode(severity, meaning) for code, meaning in meanings.items()}


CODES: Mapping[str, ProblemCode] = {
    **_codes(
        Severity.ERROR,
        {
            "internal-fault": "credsite itself fails at this file, and leaves it out. Please report it.",
            # files
            "file-unreadable": "The file cannot be opened: you may not read it, or it is a pipe or a device.",
            "file-too-large": "The file is larger than its limit in credsite.yaml: `max_file_size` for texts, `max_image_size` or `max_static_size`.",
            "file-not-utf8": "The file is not saved as UTF-8. Save it again with the encoding UTF-8.",
            "file-nul": "The file contains NUL bytes, which no text has. Save it again as text with the encoding UTF-8.",
            "private-key": "A file in `static/` holds a private key. It is not published.",
            "symbolic-link": "The file or folder is a symbolic link. These are not followed.",
            "unknown-folder": "The Markdown file is in a folder that credsite does not know.",
            "unknown-language": "The file name ends in a language that the site is not published in.",
            "bad-slug": "A slug, or the name of an entry's file, has the letters a to z, digits and hyphens, and is no name of a Windows device.",
            "bad-file-name": "The file is published under its name, and some computer or web server cannot have a file of that name.",
            "merge-conflict": "Two versions of these lines stand in the file, one below the other: a merge conflict that nobody has resolved.",
            # front matter
            "front-matter-missing": "The file does not begin with a line `---` and its front matter.",
            "front-matter-unclosed": "The front matter has no closing line `---`.",
            "front-matter-toml": "The front matter is TOML (between `+++` lines); credsite reads YAML.",
            "front-matter-shape": "The YAML is not a list of `key: value` lines.",
            "yaml-tab": "The YAML is indented with a tab; YAML allows only spaces.",
            "yaml-syntax": "The YAML cannot be read, often because quotation marks or a space are missing.",
            "yaml-alias": "The YAML uses an anchor (`&name`) or an alias (`*name`), or a text begins with `&` or `*`.",
            "yaml-too-deep": "The YAML is nested too deeply.",
            "yaml-too-large": "There are tens of thousands of keys and values, more than credsite reads.",
            "duplicate-key": "The same key is written twice in one block.",
            # values
            "missing-key": "A required key is missing or empty.",
            "unknown-key": "The key is not one that credsite knows here.",
            "placeholder-text": "The words that `credsite new` wrote are still there, in an entry that is not a draft.",
            "wrong-type": "The value has the wrong shape, such as a text where a list is needed.",
            "unknown-value": "The value is not one of the allowed values.",
            "bad-number": "The value is not a number, or not in the range that makes sense here.",
            "bad-date": "The value is not a date such as 2027-01-31, or is a day that does not exist.",
            "bad-time": "The value is not a time of day such as 18:30.",
            "bad-coordinates": "The latitude or the longitude of a place is no number of degrees, or only one of them is given.",
            "bad-duration": "The value is not a length of time such as `6 weeks`, `3-7 days`, `up to 2 hours` or `P6W`.",
            "bad-price": "The value is not a price such as `495 CAD` or `free`.",
            "bad-currency": "The currency is not an ISO 4217 code such as CAD or EUR.",
            "negative-amount": "An amount of money is below zero.",
            "bad-url": "The value is not a web address that starts with https://, http://, mailto: or tel:.",
            "bad-alias": "An alias is not a path on this site such as /old/name/.",
            "bad-language": "The value is not a language tag (BCP 47) such as en, fr-CA or uk.",
            "bad-country": "The value is not a country code (ISO 3166-1) such as CA or FR.",
            "bad-time-zone": "The value is not a time zone such as America/Toronto.",
            "brand-file": "A file that `brand` names is not there, or is of a kind that cannot be used for that.",
            "bad-colour": "The value is not a colour such as `#7a1f3d`.",
            "colours-clash": "Two colours of `brand` are used on each other, and their contrast is too low to read anything.",
            "bad-declaration": "What credsite.yaml declares cannot be so, such as a field with the key of another, or a choice without values.",
            "bad-code": "The code does not have the form that its scheme uses.",
            "bad-ctid": "The value is not a Credential Engine id: `ce-` and a lower-case UUID.",
            # fields that must agree
            "session-location": "A session has a location although its delivery is online.",
            "session-ends-first": "A session ends before it starts.",
            "session-mode": "A session has a delivery mode that the course does not list.",
            "dates-reversed": "The second of two dates is before the first.",
            "times-reversed": "A session meets until a time that is not after the one from which it meets.",
            "conflicting-keys": "Two keys say the same thing in two ways, such as `credential` and `credentials`.",
            "choose-too-many": "A step of a pathway asks learners to choose more courses than it lists.",
            # entries that must agree
            "unknown-id": "There is no entry or setting with this id.",
            "duplicate-slug": "Two files of the same folder have the same slug.",
            "duplicate-ctid": "Two courses have the same Credential Engine id.",
            "url-collision": "Two pages would have the same address.",
            "prerequisite-cycle": "Courses require each other in a circle.",
            "pathway-in-pathway": "A step of a pathway names a pathway; steps list courses.",
            # bodies and images
            "link-scheme": "The address of a link has a scheme that is not allowed.",
            "body-too-complex": "The text is nested too deeply or is too complicated to become a page.",
            "image-unreadable": "The image file is damaged or not an image of a kind that browsers show.",
            "image-unsafe": "The SVG image contains something that a picture does not need, such as a script, a link or a file that it loads.",
            # settings
            "bad-publish-target": "`publish` names no branch of Git and no folder that the website can go to.",
            "bad-analytics-id": "What `analytics` calls the website is not what the service calls websites.",
            "bad-head-tag": "A tag in `head` is none that search engines verify a website by.",
            # hooks
            "bad-hook": "Something that `hooks` in credsite.yaml names cannot be used: it is not there, or not made as a hook has to be.",
            "hook-failed": "A hook fails. It is code of your own, or of a package that you have installed.",
            # the theme
            "theme-error": "The theme is missing something, or one of its templates is wrong.",
        },
    ),
    **_codes(
        Severity.WARNING,
        {
            "file-not-read": "A file in `content/` is neither Markdown nor an image, so that nothing of it is published.",
            "no-content": "The site has no folder `content`, so that the website has no courses.",
            "conflicted-copy": "A program that keeps folders the same on several computers made a copy, because a file was changed on two of them.",
            "base-url-example": "The address of the site, or whom visitors can ask, is one that is only an example.",
            "yaml-comment-in-text": "A `#` in a text without quotation marks begins a comment, so that nobody sees what is behind it.",
            "yaml-joined-lines": "A line that looks like a key or an item of a list is read as part of the text above it.",
            "broken-link": "A link leads to an entry, page or part of a page that does not exist.",
            "held-back-link": "A link leads to an entry that is not published; it is shown as plain text.",
            "logo-letters": "The logo or the icon, an SVG, has letters that are not outlines: its icons lack them.",
            "broken-image": "The image file does not exist.",
            "image-external": "The image would be loaded from another website; it is left out.",
            "similar-names": "Two files have names that some systems take for the same, such as `a.jpg` and `A.jpg`.",
            "image-location": "A picture that is published as it is says where it was taken (GPS coordinates).",
            "secret-file": "A file in `static/` has a name that is known to be that of a file with keys or passwords.",
            "bad-content-dates": "A line of `content-dates.csv`, which `credsite dates` writes, cannot be read, so it does not count.",
            "cache-in-git": "The folder `.credsite`, which is for this computer alone, is in Git.",
            "html-not-allowed": "The text contains HTML that is not allowed; it is left out.",
            "markdown-unusual": "Something in the text is not shown as it was probably meant, or is shown differently elsewhere.",
            "price-sum": "The items of a price do not add up to its amount.",
            "session-apply-by": "Applications to a session open or close after its start: people can join late.",
            "session-meets": "The days on which a session meets, or does not meet, are no such days between its first and its last.",
            "time-zone-missing": "Sessions have times, and `credsite.yaml` does not say in which time zone.",
            "apply-by-past": "The application deadline of a session that has not started has passed.",
            "story-held-back": "The story has no consent, or its consent has expired or was withdrawn: it is not published.",
            "withdrawal-undated": "A story's `withdrawn` has no day, so the story is still published.",
            "held-back-with": "The entry is not published because another entry that it needs is not published.",
            "held-back-place": "A place that the entry names is not published, so visitors do not read where it is.",
            "colour-one-scheme": "A theme of the site sets a colour for light or for dark screens only.",
            "words-untranslated": "The theme has no words in the language of the site, or not all of them; they stay English.",
            "link-dead": "There is no page at the address on another website, or that website does not answer.",
        },
    ),
    **_codes(
        Severity.ADVICE,
        {
            "summary-long": "The summary is longer than 160 characters; lists and search engines cut it.",
            "missing-duration": "Visitors ask how long a course takes: write its `duration`.",
            "missing-workload": "Visitors ask how much time to set aside: write the `workload`.",
            "missing-price": "Visitors ask what a course costs: write its `price`, or `free`.",
            "missing-outcomes": "Visitors ask what they can do afterwards: list the `outcomes`.",
            "missing-assessment": "A micro-credential is assessed: write how in `assessment_methods`.",
            "session-timing": "The `timing` of a session does not fit the times at which it meets.",
            "title-for-id": "A text is the title of an entry, and only the id of the entry leads to it.",
            "image-alt-missing": "An image in the text has no description for people who cannot see it.",
            "host-limit": "The site has more aliases than its host has room for redirects.",
            "image-small": "A picture is smaller than it is shown, so it is blurred.",
            "image-animated": "A picture moves, but only its first picture is shown.",
            "image-large": "A picture has many more pixels than anybody sees, so that it takes long to make its copies.",
            "static-script": "Files in `static/` hold scripts, which run in visitors' browsers.",
            "review-overdue": "The date in `review_by` has passed: read the entry and set a new date.",
            "link-moved": "The page that the link leads to has moved for good: write the new address.",
            "copy-outdated": "A file of the site's theme is a copy, and the original has changed since.",
            "standard-eu": "The course lacks something that the European description of micro-credentials asks for.",
            "standard-ecampusontario": "The course lacks something that the framework of eCampusOntario asks for.",
            "standard-osap": "The course does not meet what OSAP asks of micro-credentials, or does not say that it does.",
        },
    ),
}


def meaning_of(code: str) -> str:
    """What problems with a code are, in a sentence."""
    return CODES[code].meaning if code in CODES else _OWN_MEANING


def usual_severity(problem: Problem) -> Severity:
    """The severity of a problem where credsite.yaml says nothing of its code."""
    return CODES[problem.code].severity if problem.code in CODES else problem.severity


def warnings_as_errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems, in which warnings have become errors."""
    return tuple(
        replace(problem, severity=Severity.ERROR) if problem.severity is Severity.WARNING else problem
        for problem in problems
    )


def with_severities(problems: Iterable[Problem], severities: Mapping[str, str]) -> list[Problem]:
    """The problems in the order of their locations, each once, with the severity of its code.

    ``severities`` (from credsite.yaml) maps codes to a severity other than the usual one, or to ``off``, which leaves
    the problem out.
    """
    found: dict[Problem, None] = {}
    for problem in problems:
        severity = severities.get(problem.code, usual_severity(problem))
        if severity != "off":
            found[replace(problem, severity=Severity(severity))] = None
    return sorted(found, key=lambda problem: problem.sort_key)
