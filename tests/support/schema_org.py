"""Compares structured data with schema.org's own definitions: https://schema.org/docs/datamodel.html says how to read them.

An expected type may always be given as a text instead, so only nodes and values with a form of their own are compared with it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from credsite.site.planner import Plan
from tests.support.catalogues import view_of
from tests.support.tools import schema_org_definitions

CONTEXT = "https://schema.org"
_DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.S)
_TERM = r"<https?://schema\.org/([^>\s]+)>"
_STATEMENT = re.compile(
    rf"{_TERM} <[^>]*[/#](type|subClassOf|domainIncludes|rangeIncludes|supersededBy)> <([^>\s]+)>"
)
_DURATION = re.compile(r"P(?=.)(?:\d+[YMWD])*(?:T(?:\d+[HMS])+)?")


@dataclass(frozen=True)
class Definitions:
    """Of each property its domains and ranges, of each type its parents, and of each value of an enumeration its types."""

    parents: dict[str, set[str]] = field(default_factory=dict)
    domains: dict[str, set[str]] = field(default_factory=dict)
    ranges: dict[str, set[str]] = field(default_factory=dict)
    values: dict[str, set[str]] = field(default_factory=dict)
    superseded: set[str] = field(default_factory=set)

    def with_ancestors(self, type_: str) -> set[str]:
        return {type_}.union(*(self.with_ancestors(parent) for parent in self.parents.get(type_, ())))


@cache
def definitions() -> Definitions:
    found = Definitions()
    kinds = {
        "subClassOf": found.parents,
        "domainIncludes": found.domains,
        "rangeIncludes": found.ranges,
        "type": found.values,
    }
    for name, kind, target in _STATEMENT.findall(schema_org_definitions().read_text(encoding="utf-8")):
        if kind == "supersededBy":
            found.superseded.add(name)
        elif kind == "type" and target.endswith("#Class"):
            found.parents.setdefault(name, set())
        elif kind != "type" or "://schema.org/" in target:
            kinds[kind].setdefault(name, set()).add(target.rpartition("/")[2])
    return found


def page_data(page: Path) -> Any:
    """The structured data of a page; None for a page without any."""
    scripts = _DATA.findall(page.read_text(encoding="utf-8"))
    assert len(scripts) < 2, page
    return json.loads(scripts[0]) if scripts else None


def faults(data: Mapping[str, Any]) -> list[str]:
    """What is wrong with the structured data of a page, a sentence each."""
    if data["@context"] != CONTEXT:
        return [f"the context is {data['@context']}"]
    described = {node["@id"] for node in _nodes(data["@graph"]) if "@type" in node and "@id" in node}
    return [fault for node in data["@graph"] for fault in _node_faults(node, described)]


def _nodes(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, Mapping):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from _nodes(inner)


def _node_faults(node: Mapping[str, Any], described: set[str]) -> Iterator[str]:
    known, type_ = definitions(), node.get("@type", "")
    if type_ not in known.parents:
        yield f"there is no type {type_!r}"
        return
    types = known.with_ancestors(type_)
    for name, values in node.items():
        if name in ("@type", "@id"):
            continue
        if name not in known.ranges:
            yield f"there is no property {name}"
        elif name in known.superseded:
            yield f"{name} is superseded"
        elif types.isdisjoint(known.domains[name]):
            yield f"{type_} has no {name}, but {', '.join(sorted(known.domains[name]))} have"
        else:
            for value in values if isinstance(values, list) else [values]:
                yield from _value_faults(f"{type_}.{name}", known.ranges[name], value, described)


def _value_faults(place: str, ranges: set[str], value: Any, described: set[str]) -> Iterator[str]:
    if isinstance(value, Mapping):
        if value.keys() == {"@id"}:
            if value["@id"] not in described:
                yield f"{place} refers to {value['@id']}, which is not described"
            return
        type_ = value.get("@type", "")
        if type_ in definitions().parents and ranges.isdisjoint(definitions().with_ancestors(type_)):
            yield f"{place} is a {type_}"
        yield from _node_faults(value, described)
    elif isinstance(value, bool):
        if ranges.isdisjoint({"Boolean"}):
            yield f"{place} is {value}"
    elif isinstance(value, int | float):
        if ranges.isdisjoint({"Number", "Integer", "Float"}):
            yield f"{place} is a number"
    elif not _has_form(ranges, value):
        yield f"{place} is {value!r}"


def _has_form(ranges: set[str], text: str) -> bool:
    """Whether a text has the form that a property asks for, if it asks for one."""
    if text.startswith(f"{CONTEXT}/"):
        return not ranges.isdisjoint(definitions().values.get(text.removeprefix(f"{CONTEXT}/"), set()))
    if ranges <= {"Date", "DateTime"}:
        try:
            return bool((date if len(text) == len("2027-01-01") else datetime).fromisoformat(text))
        except ValueError:
            return False
    if ranges == {"Duration"}:
        return _DURATION.fullmatch(text) is not None
    if ranges == {"URL"}:
        return re.fullmatch(r"(?:https?|mailto|tel):\S+", text) is not None
    return not ranges <= {"Boolean", "Number", "Integer"}


def structured_data(site_plan: Plan, at: str) -> dict[str, dict[str, Any]]:
    """The parts of a page's structured data by their types. They are as schema.org defines them."""
    data = view_of(site_plan, at).head.data
    if not data:
        return {}
    whole = json.loads(data)
    assert faults(whole) == []
    return {graph["@type"]: graph for graph in whole["@graph"]}


def site_faults(folder: Path) -> list[str]:
    """What is wrong with the structured data of all pages of a website, each once."""
    found = {page: page_data(page) for page in folder.rglob("*.html")}
    assert any(found.values())
    return sorted({fault for data in found.values() if data is not None for fault in faults(data)})
