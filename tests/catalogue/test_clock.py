from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credsite.catalogue.clock import Clock

HALIFAX = ZoneInfo("America/Halifax")
AUCKLAND = ZoneInfo("Pacific/Auckland")


@pytest.mark.parametrize(
    ("moment", "zone", "today"),
    [
        ("2027-01-15T12:00", "America/Halifax", "2027-01-15"),
        ("2027-01-15T03:59+00:00", "America/Halifax", "2027-01-14"),
        ("2027-01-15T04:00+00:00", "America/Halifax", "2027-01-15"),
        ("2027-07-15T02:59+00:00", "America/Halifax", "2027-07-14"),
        ("2027-07-15T03:00+00:00", "America/Halifax", "2027-07-15"),
        ("2027-01-15T11:00+00:00", "Pacific/Auckland", "2027-01-16"),
        ("2027-01-15T10:59+00:00", "Pacific/Auckland", "2027-01-15"),
        ("2027-01-15T23:59:59.999999", "UTC", "2027-01-15"),
        ("2027-01-15T23:30-04:00", "UTC", "2027-01-16"),
    ],
)
def test_today_is_the_day_in_the_zone_of_the_site(moment: str, zone: str, today: str) -> None:
    clock = Clock.at(datetime.fromisoformat(moment), ZoneInfo(zone))
    assert clock.today == date.fromisoformat(today)
    assert clock.now.tzinfo is clock.zone


def test_a_date_is_its_first_moment_and_a_time_without_offset_is_in_the_zone() -> None:
    clock = Clock.at(datetime(2027, 1, 15, 12, tzinfo=HALIFAX), HALIFAX)
    midnight = datetime(2027, 1, 20, 4, tzinfo=UTC)
    assert clock.instant(date(2027, 1, 20)) == midnight
    assert clock.instant(datetime(2027, 1, 20)) == midnight
    assert clock.instant(datetime(2027, 1, 20, 4, tzinfo=UTC)) == midnight
    assert clock.instant(datetime(2027, 1, 20, 9, tzinfo=timezone(timedelta(hours=5)))) == midnight


def test_days_on_which_the_clocks_change_begin_at_midnight() -> None:
    clock = Clock.at(datetime(2027, 1, 15, tzinfo=HALIFAX), HALIFAX)
    assert clock.instant(date(2027, 3, 14)) == datetime(2027, 3, 14, 4, tzinfo=UTC)
    assert clock.instant(date(2027, 3, 15)) == datetime(2027, 3, 15, 3, tzinfo=UTC)


@given(st.dates(), st.sampled_from([HALIFAX, AUCKLAND, ZoneInfo("UTC")]))
def test_every_day_of_the_calendar_is_a_moment(day: date, zone: ZoneInfo) -> None:
    clock = Clock.at(datetime(2027, 1, 15, 12, tzinfo=zone), zone)
    assert (clock.instant(day) > clock.now) == (day > clock.today)


@given(st.dates())
def test_the_day_after_is_later_or_never(day: date) -> None:
    clock = Clock.at(datetime(2027, 1, 15, 12, tzinfo=HALIFAX), HALIFAX)
    after = clock.day_after(day)
    assert after is None if day == date.max else after is not None and after > clock.instant(day)
