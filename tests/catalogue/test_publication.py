"""The words for the reasons why entries are not published."""

from __future__ import annotations

from typing import get_args

from credsite.catalogue.publication import CONSENT_REASONS, REASON_TEXTS, Reason


def test_every_reason_has_its_words() -> None:
    assert tuple(REASON_TEXTS) == get_args(Reason)
    assert {reason for reason, text in REASON_TEXTS.items() if text.consent_state} == set(CONSENT_REASONS)
