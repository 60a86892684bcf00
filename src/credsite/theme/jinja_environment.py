"""Jinja, made quick for a website of thousands of pages: the same language, another code for its commonest steps.

What a template says and what comes of it are Jinja's own. What is saved is work that Jinja does anew for each value,
call and part of each page, because it serves programs that change themselves while they run: a site's templates,
globals and filters are settled before its first page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, MutableMapping
from functools import partial
from keyword import iskeyword
from typing import Any, Final

from jinja2 import Environment, Template, nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup, escape

from credsite.theme.folding import Folding

try:
    from markupsafe._speedups import _escape_inner as escape_text
except ImportError:

    def escape_text(text: str, /) -> str:
        """``text`` as HTML."""
        return str(escape(text))


_INDENTATION: Final = re.compile(r"^[ \t]+", re.MULTILINE)
_SPACED: Final = re.compile(r"<(?:pre|textarea|script|style)\b", re.IGNORECASE)
"""Elements whose text shows its indentation, or may have a meaning by it."""

as_markup: Callable[[str], Markup] = partial(str.__new__, Markup)
"""A text that is known to be HTML as markup, without asking it what it is."""


def escape_value(value: object) -> str:
    """What stands on the page for a value: text is escaped, HTML is not."""
    kind = type(value)
    if kind is str:
        return escape_text(value)  # type: ignore[arg-type]
    if kind is Markup:
        return value  # type: ignore[return-value]
    return escape(value)


class _QuickMacro(Macro):
    """A macro that is called with values in their order, as almost all are, without the sorting out of names."""

    def __init__(self, *definition: Any) -> None:
        super().__init__(*definition)
        plain = self._default_autoescape and not (self.catch_kwargs or self.catch_varargs or self.caller)
        self._most = self._argument_count if plain else -1
        self._absent = (missing,) * self._argument_count

    def __call__(self, *values: Any, **named: Any) -> str:
        count = len(values)
        if named or count > self._most:
            return super().__call__(*values, **named)
        return as_markup(self._func(*values, *self._absent[count:]))


class _Generator(CodeGenerator):
    """Writes the Python code of a template. Everything that is not said here is as Jinja writes it."""

    def write_commons(self) -> None:
        super().write_commons()
        self.writeline("escape_value = environment.escape_value")
        self.writeline("attribute = environment.getattr")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        self.write("attribute(")
        self.visit(node.node, frame)
        self.write(f", {node.attr!r})")

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("escape_value(")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        # Jinja's own definition, with another class.
        self.write("environment.")
        super().macro_def(macro_ref, frame)

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        if node.dyn_args or node.dyn_kwargs or any(iskeyword(pair.key) for pair in node.kwargs):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        # No function of a theme asks for Jinja's context, so there is nothing to find out before the call.
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
        # In one piece, so that its many small ones do not climb through each template above.
        self.writeline(f"template = environment.get_template({name!r}, {self.name!r})", node)
        self.start_write(frame, node)
        context = f"template.new_context(context.get_all(), True, {self.dump_local_context(frame)})"
        self.write(f"concat(template.root_render_func({context}))")
        self.end_write(frame)


class _QuickContext(Context):
    def __init__(self, *definition: Any, globals: Any = None) -> None:  # noqa: A002, ARG002
        # No template has globals of its own, which an import would have to look for.
        super().__init__(*definition)


class QuickEnvironment(Environment):
    """An environment whose globals do not change after its first template, and of templates that escape."""

    code_generator_class = _Generator
    context_class = _QuickContext
    Macro = _QuickMacro
    escape_value = staticmethod(escape_value)

    def __init__(self, **options: Any) -> None:
        super().__init__(autoescape=True, **options)
        self._loaded: dict[str, Template] = {}
        self._folding = Folding(self)

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
        # Whoever writes a template indents it; whoever loads the page need not load that.
        text = super().preprocess(source, name, filename)
        return text if _SPACED.search(text) else _INDENTATION.sub("", text)

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        return super()._generate(self._folding.folded(source, name or ""), name, filename, defer_init)
