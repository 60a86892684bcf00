"""A stack of courses that leads to a larger credential."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from credsite.schema.field_types import Text
from credsite.schema.models.base import Credential, EntryFields, FieldFinding, Model


class Step(Model):
    """One step of a pathway: courses to take, all or some of them."""

    title: Text = Field(description="The step's name.")
    courses: Annotated[tuple[Text, ...], Field(min_length=1)] = Field(description="The ids of its courses.")
    choose: Annotated[int, Field(ge=1)] | None = Field(
        default=None, description="How many of the courses a learner takes; all if left out.", examples=["2"]
    )
    credential: str = Field(default="", description="What completes the step, if anything.")


class Pathway(EntryFields):
    """Courses in order, which together lead to a larger credential."""

    summary: Text = Field(description="One or two sentences, best under 160 characters.")
    steps: Annotated[tuple[Step, ...], Field(min_length=1)] = Field(description="The steps, in order.")
    credential: Credential | None = Field(default=None, description="What learners receive at the end.")
    provider: Text | None = Field(default=None, description="Who awards it: the id of a provider.")
    industries: tuple[Text, ...] = Field(
        default=(), description="Industry ids; those of the courses if left out."
    )

    def findings(self) -> Iterator[FieldFinding]:
        yield from super().findings()
        for number, step in enumerate(self.steps):
            if step.choose is not None and step.choose > len(set(step.courses)):
                yield FieldFinding(
                    "choose-too-many",
                    f"Learners cannot choose {step.choose} courses where the step lists {len(step.courses)}. "
                    "List more, or lower `choose`.",
                    ("steps", number, "choose"),
                    (("steps", number, "courses"),),
                )
