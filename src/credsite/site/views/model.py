"""What makes a class a view model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

ViewModel = TypeVar("ViewModel")


@dataclass_transform(frozen_default=True)
def view_model(cls: type[ViewModel]) -> type[ViewModel]:
    """Make a frozen dataclass of ``cls``, whose instances are compared by their values and can be keys.

    That it is frozen is for the type checker alone. A dataclass that guards its fields while the program runs takes three
    times as long to create, and 10,000 courses have 800,000 view models: together 1 % of the time of their build.
    """
    return dataclass(slots=True, unsafe_hash=True)(cls)
