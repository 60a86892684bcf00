"""Where the files for other programs are, as site paths."""

from __future__ import annotations

from typing import Final

API: Final = "api/v1/"
COURSES_CSV: Final = f"{API}courses.csv"
STORIES: Final = f"{API}stories.json"
PROVIDERS: Final = f"{API}providers.json"
DATASET: Final = f"{API}dataset.json"
SCHEMAS: Final = ("course", "courses", "stories", "providers")
"""The files that have a JSON Schema."""


def course_file(slug: str) -> str:
    return f"{API}courses/{slug}.json"


def course_list_file(page: int) -> str:
    return f"{API}courses.json" if page == 1 else f"{API}courses-{page}.json"


def schema_file(name: str) -> str:
    return f"{API}schemas/{name}.json"
