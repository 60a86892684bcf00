"""Works out, when a template is compiled, what would come out the same on every page: words, assets, icons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from jinja2 import Environment, nodes
from jinja2.visitor import NodeTransformer

_PURE: Final = ("_", "gettext", "asset")
"""Globals that give the same for the same constants."""


class Folding:
    """Puts the result in the place of calls, with nothing but constants, of pure globals and of imported macros.

    A macro that is imported without context sees only its arguments and the globals, so that it must give the same
    for the same arguments.
    """

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._at_work: list[str] = []

    def folded(self, template: nodes.Template, name: str) -> nodes.Template:
        """``template``, changed in place."""
        if name in self._at_work:  # where templates import each other, one of them has to begin
            return template
        self._at_work.append(name)
        try:
            bound = Counter(_bound(template))
            known: dict[str, Callable[[], Any]] = {
                word: partial(self._environment.globals.__getitem__, word)
                for word in _PURE
                if word not in bound
            }
            for node in template.body:
                known.update(self._macros(node, bound))
            _Folder(known).visit(template)
        finally:
            self._at_work.pop()
        return template

    def _macros(self, node: nodes.Node, bound: Counter[str]) -> dict[str, Callable[[], Any]]:
        """What a template imports from others, unless it gives the name to something else too."""
        if not isinstance(node, nodes.FromImport) or node.with_context:
            return {}
        if not isinstance(node.template, nodes.Const):
            return {}
        source = str(node.template.value)
        pairs = [name if isinstance(name, tuple) else (name, name) for name in node.names]
        return {alias: partial(self._exported, source, name) for name, alias in pairs if bound[alias] == 1}

    def _exported(self, source: str, name: str) -> Any:
        return getattr(self._environment.get_template(source).module, name)


class _Folder(NodeTransformer):
    def __init__(self, known: dict[str, Callable[[], Any]]) -> None:
        self._known = known

    def visit_Call(self, node: nodes.Call) -> nodes.Expr:  # noqa: N802
        self.generic_visit(node)
        if not isinstance(node.node, nodes.Name) or node.node.name not in self._known:
            return node
        if node.dyn_args or node.dyn_kwargs:
            return node
        try:
            values = [value.as_const() for value in node.args]
            named = {pair.key: pair.value.as_const() for pair in node.kwargs}
            result = self._known[node.node.name]()(*values, **named)
            return nodes.Const.from_untrusted(result, lineno=node.lineno)
        except Exception:  # noqa: BLE001 - whatever is wrong is told, with its place, when the page is rendered
            return node

    def visit_CallBlock(self, node: nodes.CallBlock) -> nodes.CallBlock:  # noqa: N802
        # The call must stay one, because it is given the block.
        call = node.call
        node.call = nodes.Call(nodes.Const(None), [], [], None, None)
        self.generic_visit(node)
        node.call = self.generic_visit(call)  # type: ignore[assignment]
        return node


def _bound(template: nodes.Template) -> list[str]:
    """Every name that the template gives to something, as often as it does."""
    found: list[str] = []
    for node in template.find_all((nodes.Name, nodes.Macro, nodes.Import, nodes.FromImport)):
        if isinstance(node, nodes.Name):
            if node.ctx != "load":
                found.append(node.name)
        elif isinstance(node, nodes.Macro):
            found.append(node.name)
        elif isinstance(node, nodes.Import):
            found.append(node.target)
        elif isinstance(node, nodes.FromImport):
            found.extend(name[1] if isinstance(name, tuple) else name for name in node.names)
    return found
