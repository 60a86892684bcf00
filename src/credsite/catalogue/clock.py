"""The moment of a build, in the site's time zone. Everything that depends on time is given it as an argument."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from credsite.core.dates import FOR_EVER


@dataclass(frozen=True, slots=True)
class Clock:
    """``now`` is aware, in ``zone``."""

    now: datetime
    zone: ZoneInfo

    @classmethod
    def at(cls, moment: datetime, zone: ZoneInfo) -> Clock:
        """``moment`` in ``zone``; one that names no offset is meant in ``zone``."""
        aware = moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)
        return cls(aware, zone)

    @property
    def today(self) -> date:
        return self.now.date()

    def instant(self, value: date | datetime) -> datetime:
        """As :func:`instant_in` the site's zone."""
        return instant_in(self.zone, value)

    def day_after(self, day: date) -> datetime | None:
        """The moment at which ``day`` is over; None for the calendar's last day, which editors write for "for ever"."""
        return self.instant(day + timedelta(days=1)) if day < FOR_EVER else None


def instant_in(zone: ZoneInfo, value: date | datetime) -> datetime:
    """The moment that an editor's date or date-time means: a date is its first moment in ``zone``."""
    if isinstance(value, datetime):
        return value if value.tzinfo is not None else value.replace(tzinfo=zone)
    return datetime.combine(value, time(), zone)
