"""Jinja made faster for a website of thousands of pages: the same language, with quicker code for the commonest steps.

Templates mean the same as in plain Jinja. What is saved is work that Jinja repeats for each value, call and part of a
page, because it also serves programs whose globals and filters change while they run. Those of a site are settled before
its first page.

The hooks used here are public, but the code that they write must fit the code that Jinja writes around it. So
pyproject.toml allows one minor version of Jinja only, and tests/theme/test_jinja_environment.py says what to do for the next.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from contextlib import suppress
from functools import partial
from keyword import iskeyword
from typing import Any, Final

from jinja2 import Environment, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

_INDENTATION: Final = re.compile(r"^[ \t]+", re.MULTILINE)
_KEEPS_INDENTATION: Final = re.compile(r"<(?:pre|textarea|script|style)\b", re.IGNORECASE)
"""Elements that show the indentation of their text, or in which it may have a meaning."""
_find_special: Final = re.compile("[&<>\"']").search
"""Finds a character that cannot stand in HTML as it is."""

_CONSTANT_FUNCTIONS: Final = ("_", "gettext", "asset")
"""Globals that give the same for the same arguments on every page."""

as_markup: Callable[[str], Markup] = partial(str.__new__, Markup)
"""Markup from a string that is HTML already. ``Markup()`` itself first looks for an ``__html__`` method."""


def escape_value(value: object) -> str:
    """The HTML for a value: markup stays as it is, everything else is escaped."""
    if type(value) is Markup:
        return value
    # Most strings have nothing to escape, and finding that out takes a fifth of the time that escape() takes.
    if type(value) is str and _find_special(value) is None:
        return value
    return escape(value)


class _FastMacro(Macro):
    """A macro. If a call gives only positional arguments, as almost all do, they need not be matched with names."""

    def __init__(
        self,
        environment: Environment,
        function: Callable[..., str],
        name: str,
        arguments: list[str],
        catch_kwargs: bool,
        catch_varargs: bool,
        caller: bool,
        autoescape: bool,
    ) -> None:
        super().__init__(
            environment, function, name, arguments, catch_kwargs, catch_varargs, caller, autoescape
        )
        self._function = function
        is_plain = autoescape and not (catch_kwargs or catch_varargs or caller)
        self._most_positional = len(arguments) if is_plain else -1
        self._missing = (missing,) * len(arguments)

    def __call__(self, *values: Any, **named: Any) -> str:
        count = len(values)
        if named or count > self._most_positional:
            return super().__call__(*values, **named)
        return as_markup(self._function(*values, *self._missing[count:]))


class _ConstantCalls(NodeTransformer):
    """Replaces calls such as ``_("Save")`` by their results, which become one with the HTML around them."""

    def __init__(self, functions: Mapping[str, Any]) -> None:
        self._functions = functions

    def visit_Call(self, node: nodes.Call) -> nodes.Expr:  # noqa: N802
        self.generic_visit(node)
        function = self._functions.get(node.node.name) if isinstance(node.node, nodes.Name) else None
        arguments = [value.value for value in node.args if isinstance(value, nodes.Const)]
        if (
            function
            and len(arguments) == len(node.args)
            and not (node.kwargs or node.dyn_args or node.dyn_kwargs)
        ):
            with suppress(Exception):  # what is wrong is reported, with its line, when the page is rendered
                return nodes.Const.from_untrusted(function(*arguments), lineno=node.lineno)
        return node


def _assigned_names(template: nodes.Template) -> Iterator[str]:
    """Every name to which the template gives a value."""
    for node in template.find_all((nodes.Name, nodes.Macro, nodes.Import, nodes.FromImport)):
        if isinstance(node, nodes.FromImport):
            yield from (name if isinstance(name, str) else name[1] for name in node.names)
        elif isinstance(node, nodes.Import):
            yield node.target
        elif isinstance(node, nodes.Macro) or (isinstance(node, nodes.Name) and node.ctx != "load"):
            yield node.name


class _FastCodeGenerator(CodeGenerator):
    """Writes the Python code of a template. What is not overridden here is as Jinja writes it."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        names = {*_CONSTANT_FUNCTIONS}.intersection(self.environment.globals).difference(
            _assigned_names(node)
        )
        _ConstantCalls({name: self.environment.globals[name] for name in names}).visit(node)
        super().visit_Template(node, frame)

    def write_commons(self) -> None:
        super().write_commons()
        # These local names stand in front of the global ones that Jinja's code uses.
        self.writeline("escape = environment.escape_value")
        self.writeline("Macro = environment.Macro")
        self.writeline("attribute = environment.getattr")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        self.write("attribute(")
        self.visit(node.node, frame)
        self.write(f", {node.attr!r})")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        if node.dyn_args or node.dyn_kwargs or any(iskeyword(pair.key) for pair in node.kwargs):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        # Jinja asks before each call whether the function wants the context. No function of a theme does.
        self.visit(node.node, frame)
        self.write("(")
        for value in node.args:
            self.visit(value, frame)
            self.write(", ")
        for pair in node.kwargs:
            self.visit(pair, frame)
            self.write(", ")
        self.write("caller=caller)" if forward_caller else ")")

    def visit_Include(self, node: nodes.Include, frame: Frame) -> None:  # noqa: N802
        name = node.template.value if isinstance(node.template, nodes.Const) else None
        if node.ignore_missing or not node.with_context or not isinstance(name, str):
            super().visit_Include(node, frame)
            return
        # Jinja passes each small piece of the included template up through all templates that include it. One string is
        # passed up here.
        self.writeline(f"template = environment.get_template({name!r}, {self.name!r})", node)
        self.start_write(frame, node)
        context = f"template.new_context(context.get_all(), True, {self.dump_local_context(frame)})"
        self.write(f"concat(template.root_render_func({context}))")
        self.end_write(frame)


class _FastContext(Context):
    def __init__(self, *definition: Any, globals: Any = None) -> None:  # noqa: A002, ARG002
        # Templates have no globals of their own, so an import need not look for them.
        super().__init__(*definition)


class FastEnvironment(Environment):
    """A Jinja environment with autoescaping, whose globals do not change after its first template is loaded."""

    code_generator_class = _FastCodeGenerator
    context_class = _FastContext
    Macro = _FastMacro
    escape_value = staticmethod(escape_value)

    def __init__(self, **options: Any) -> None:
        super().__init__(autoescape=True, **options)
        self._loaded: dict[str, Template] = {}

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002
    ) -> Template:
        if isinstance(name, str) and name in self._loaded:
            return self._loaded[name]
        template = super().get_template(name, parent, globals)
        if isinstance(name, str):
            self._loaded[name] = template
        return template

    def preprocess(self, source: str, name: str | None = None, filename: str | None = None) -> str:
        """The source without its indentation, which visitors would otherwise download with each page."""
        text = super().preprocess(source, name, filename)
        return text if _KEEPS_INDENTATION.search(text) else _INDENTATION.sub("", text)
