"""Writes the lists, because Pelican has no pages for them."""

import json
from pathlib import Path

from pelican import signals


def write_lists(generator, writer):
    cards = {}
    for article in generator.articles:
        card = json.loads(article.data)["card"]
        cards[card["url"]] = {**card, "title": article.title}
    template = generator.get_template("list")
    for page in json.loads(Path(generator.settings["LISTS"]).read_text(encoding="utf-8")):
        if "items" in page:
            page["entries"] = [cards[f"/{page['folder']}/{slug}/"] for slug in page["items"]]
        path = page["path"] if page["path"].endswith(".html") else f"{page['path']}index.html"
        writer.write_file(path, template, generator.context, relative_urls=False, p=page)


def register():
    signals.article_writer_finalized.connect(write_lists)
