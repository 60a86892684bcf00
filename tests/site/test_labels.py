from __future__ import annotations

from typing import Any

from babel.support import NullTranslations

from credsite.site.labels import Labels
from credsite.site.views import Term
from tests.support.catalogues import settings


class French(NullTranslations):
    def gettext(self, message: str) -> str:
        words = {
            "Online": "En ligne",
            "Childcare": "Garde d'enfants",
            "Taught face to face, at a place and a time.": "En personne",
        }
        return words.get(message, message)


def labels(**values: Any) -> Labels:
    return Labels(settings(**values), French())


def test_ids_become_words_in_the_language_of_the_site() -> None:
    assert labels().title("mode", "online") == "En ligne"
    assert labels().term("mode", "online", "/x/") == Term("online", "En ligne", "/x/")
    assert labels().terms("timing", ("evening", "weekend")) == (
        Term("evening", "Evening"),
        Term("weekend", "Weekend"),
    )


def test_a_delivery_mode_has_a_summary_and_a_pace_has_none() -> None:
    assert labels().summary("mode", "blended") == "Partly online and partly on site."
    assert labels().summary("pace", "scheduled") == ""


def test_the_sites_own_names_come_first() -> None:
    own = labels(
        backgrounds={"newcomer": "Nouveaux arrivants"},
        support={"childcare": "Crèche", "parking": "Stationnement"},
    )
    assert own.title("background", "newcomer") == "Nouveaux arrivants"
    assert own.title("support", "childcare") == "Crèche"
    assert own.title("support", "parking") == "Stationnement"
    assert labels().title("support", "childcare") == "Garde d'enfants"


def test_what_has_no_words_shows_its_id() -> None:
    assert labels().title("support", "parking") == "parking"


def test_own_names_do_not_reach_other_vocabularies() -> None:
    assert labels(support={"online": "Help online"}).title("mode", "online") == "En ligne"


def test_own_words_are_not_translated_and_built_in_ones_are_wherever_they_stand() -> None:
    own = labels(
        vocabularies={
            "delivery_modes": {
                "online": {"order": 1},
                "remote": {"label": "Online", "same_as": "online", "summary": "Online"},
                "twin": {"label": "In-person", "same_as": "in-person"},
                "in-person": {"hidden": True},
            }
        }
    )
    assert own.title("mode", "online") == "En ligne"
    assert (own.title("mode", "remote"), own.summary("mode", "remote")) == ("Online", "Online")
    assert own.summary("mode", "twin") == "En personne"


def test_terms_say_whether_they_are_the_sites_own_words() -> None:
    own = labels(vocabularies={"levels": {"introductory": "Easy", "advanced": {"order": 1}}})
    assert [own.term("level", value).own for value in ("introductory", "intermediate", "advanced")] == [
        True,
        False,
        False,
    ]
    assert own.term("level", "introductory", "/x/").own
