from __future__ import annotations

from pathlib import Path

from credsite.content.source_files import SourceKeyCache, collect_sources
from credsite.schema.config import Config


def test_another_currency_of_the_site_gives_new_keys(tmp_path: Path) -> None:
    file = tmp_path / "content/courses/a.md"
    file.parent.mkdir(parents=True)
    file.write_text("---\ntitle: A\n---\n", encoding="utf-8")
    status = file.stat()
    cache = SourceKeyCache(lambda: status.st_mtime_ns + 10**12)  # long enough ago for the cache

    def key(currency: str) -> str:
        config = Config(title="A", base_url="https://site.example/", currency=currency)
        return collect_sources(tmp_path, config, cache).keys["content/courses/a.md"]

    canadian = key("CAD")
    assert key("CAD") == canadian
    assert cache.newly_verified
    assert key("KWD") != canadian
    assert key("CAD") == canadian
