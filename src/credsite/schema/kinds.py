"""The kinds of entries, in one table: each with its model, its folder, its addresses, and the words for it."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


class Kind(enum.StrEnum):
    """The kinds of entries. The value is what links to entries begin with: ``[text](course:first-aid)``."""

    COURSE = "course"
    STORY = "story"
    PATHWAY = "pathway"
    PROVIDER = "provider"
    PLACE = "place"
    INDUSTRY = "industry"
    DELIVERY_MODE = "delivery"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class KindSpec:
    """What there is to know of a kind.

    Its files are in ``content/<folder>/``. Their front matter is a ``model``, named by its module in
    ``credsite.schema.models`` and its class: to import all models takes a third of the time of a build in which nothing has
    changed, which needs none of them. Its pages are at site paths below
    ``url_prefix``, which ends in a slash or is "". ``label`` is its name for editors. ``starter_text`` is the
    Markdown that a new entry begins with; where it is "", `credsite new` makes none.
    """

    id: Kind
    model: str
    folder: str
    url_prefix: str
    label: str
    starter_text: str = ""

    @property
    def plural(self) -> str:
        """The name for several of them: ``delivery modes``."""
        return self.folder.replace("-", " ")

    @property
    def label_with_article(self) -> str:
        return f"{'an' if self.label[0] in 'aeiou' else 'a'} {self.label}"


def _kinds(*specs: KindSpec) -> Mapping[Kind, KindSpec]:
    return {spec.id: spec for spec in specs}


KINDS: Final = _kinds(
    KindSpec(
        Kind.COURSE,
        model="course.Course",
        folder="courses",
        url_prefix="courses/",
        label="course",
        starter_text="""\
Say in two or three short paragraphs whom this course is for, and what changes for them.

## What you do

Say what happens from the first day to the last.

## How you are assessed

Say what learners show at the end, and what happens if they do not pass at first.
""",
    ),
    KindSpec(
        Kind.STORY,
        model="story.Story",
        folder="stories",
        url_prefix="stories/",
        label="story",
        starter_text="""\
Let the learner speak: what life was like before, why this course, what was hard, what is different now.

Leave nothing in that the learner did not agree to. Show them the text before you take `draft: true` away.
""",
    ),
    KindSpec(
        Kind.PATHWAY,
        model="pathway.Pathway",
        folder="pathways",
        url_prefix="pathways/",
        label="pathway",
        starter_text="""\
Say whom this pathway is for, and where it leads.

## How long it takes

Say how learners usually go about it, and whether they may pause between the steps.
""",
    ),
    KindSpec(
        Kind.PROVIDER,
        model="taxonomy.Provider",
        folder="providers",
        url_prefix="providers/",
        label="provider",
        starter_text="""\
Say who you are and what learners can expect of you, in a paragraph or two.
""",
    ),
    KindSpec(
        Kind.PLACE,
        model="place.Place",
        folder="places",
        url_prefix="places/",
        label="place",
        starter_text="""\
Say what people find here, and whom they can ask when they arrive.
""",
    ),
    KindSpec(
        Kind.INDUSTRY,
        model="taxonomy.Industry",
        folder="industries",
        url_prefix="industries/",
        label="industry",
        starter_text="""\
Say what work there is, who looks for people, and which short courses open a door.
""",
    ),
    KindSpec(
        Kind.DELIVERY_MODE,
        model="taxonomy.DeliveryModeFields",
        folder="delivery-modes",
        url_prefix="delivery/",
        label="delivery mode",
    ),
    KindSpec(
        Kind.PAGE,
        model="page.Page",
        folder="pages",
        url_prefix="",
        label="page",
        starter_text="""\
Begin with what a visitor most wants to know.

## A heading

Write in Markdown. A link to a course is written like this: `[First aid](course:first-aid)`, with the course's file name.
""",
    ),
)
FOLDERS: Final[Mapping[str, Kind]] = {spec.folder: spec.id for spec in KINDS.values()}
CREATABLE: Final = tuple(spec.id for spec in KINDS.values() if spec.starter_text)
"""The kinds that `credsite new` makes. A delivery mode is a value of a vocabulary, so that nobody makes one up."""
DATED_KINDS: Final = (Kind.COURSE, Kind.STORY)
"""The kinds of entries that are in feeds."""
INDEX_SLUG: Final = "a-z"
"""What the index of all courses by letter is called in addresses: an id that only a course could have too, and then there is no index."""
