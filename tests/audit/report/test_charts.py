"""The geometry of charts."""

from __future__ import annotations

from credsite.audit.report.charts import Bar, column_chart


def test_bars_are_in_proportion_to_their_numbers() -> None:
    chart = column_chart(
        "c", "Title", "Text", [Bar(("a",), 10), Bar(("b",), 5, 5), Bar(("c",), 0)], ("yes", "no")
    )
    assert [(block.height, block.is_second) for block in chart.rectangles] == [
        ("150", False),
        ("75", False),
        ("75", True),
    ]
    assert [word.text for word in chart.texts if word.text.isdigit()] == ["10", "10", "0"]
    assert chart.legend == ("yes", "no")
    assert column_chart("c", "Title", "Text", [Bar(("a",), 1)], ("yes", "no")).legend is None
