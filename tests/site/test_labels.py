from __future__ import annotations

from typing import Any, get_args

import pytest

from credsite.schema.field_types import DeliveryMode, Timing
from credsite.schema.models import Course, Provider
from credsite.site.labels import SCHEME_NAMES, VOCABULARIES, Labels, background_ids, support_ids
from credsite.site.views import Term
from credsite.theme.translations import ThemeTranslations
from tests.support.catalogues import settings


class French(ThemeTranslations):
    def gettext(self, message: str, **values: object) -> str:
        return {"Online": "En ligne", "Childcare": "Garde d'enfants"}.get(message, message) % values


def labels(**values: Any) -> Labels:
    return Labels(settings(**values), French("fr"))


def test_ids_become_words_in_the_language_of_the_site() -> None:
    assert labels().title("mode", "online") == "En ligne"
    assert labels().term("mode", "online", "/x/") == Term("online", "En ligne", "/x/")
    assert labels().terms("timing", ("evening", "weekend")) == (
        Term("evening", "Evening"),
        Term("weekend", "Weekend"),
    )


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


def test_which_ids_entries_may_use() -> None:
    assert background_ids(settings())[0] == "career-changer"
    assert background_ids(settings(backgrounds={"b": "B", "a": "A"})) == ("b", "a")
    assert support_ids(settings(support={"parking": "Parking"}))[-1] == "parking"
    assert "childcare" in support_ids(settings(support={"parking": "Parking"}))


def literals(annotation: Any) -> set[str]:
    """The texts that an annotation allows, however deep."""
    found = get_args(annotation)
    return {one for one in found if isinstance(one, str)}.union(
        *(literals(one) for one in found if get_args(one))
    )


@pytest.mark.parametrize(
    ("vocabulary", "annotation"),
    [
        ("mode", DeliveryMode),
        ("mode-summary", DeliveryMode),
        ("timing", Timing),
        ("pace", Course.model_fields["pace"].annotation),
        ("level", Course.model_fields["level"].annotation),
        ("learning", Course.model_fields["learning_methods"].annotation),
        ("assessment", Course.model_fields["assessment_methods"].annotation),
        ("provider", Provider.model_fields["kind"].annotation),
    ],
)
def test_every_value_of_the_models_has_words(vocabulary: str, annotation: Any) -> None:
    assert set(VOCABULARIES[vocabulary]) == literals(annotation)


def inner(field: str) -> Any:
    """The model of a course's field that is a list of blocks, or a block."""
    return next(
        one for one in get_args(Course.model_fields[field].annotation) if hasattr(one, "model_fields")
    )


def test_every_scheme_and_credential_has_words() -> None:
    schemes = [inner(field).model_fields["scheme"].annotation for field in ("occupations", "classifications")]
    assert set(SCHEME_NAMES) == set().union(*map(literals, schemes))
    assert set(VOCABULARIES["credential"]) == literals(inner("credential").model_fields["type"].annotation)
