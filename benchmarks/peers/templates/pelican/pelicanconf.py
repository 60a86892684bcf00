"""Settings for only those pages that the other generators build too: no feeds, archives, authors or tags."""

import json
from pathlib import Path

HERE = Path(__file__).parent

SITENAME = "Quillbay Short Courses"
SITEURL = ""
PATH = "content"
ARTICLE_PATHS = ["courses", "stories", "pathways"]
PAGE_PATHS = []
STATIC_PATHS = []
THEME = str(HERE / "theme")
THEME_STATIC_DIR = "."
TIMEZONE = "America/Halifax"
DEFAULT_LANG = "en"
DEFAULT_DATE = (2026, 11, 23)
SLUGIFY_SOURCE = "basename"
ARTICLE_URL = "{category}/{slug}/"
ARTICLE_SAVE_AS = "{category}/{slug}/index.html"
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ARTICLE_LANG_SAVE_AS = ""
DIRECT_TEMPLATES = []
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
MARKDOWN = {"extensions": ["tables", "meta", "toc"], "output_format": "html5"}
PLUGIN_PATHS = [str(HERE / "plugins")]
PLUGINS = ["lists"]
CACHE_CONTENT = True
LOAD_CONTENT_CACHE = True
CACHE_PATH = str(HERE / "cache")

NAMES = json.loads((HERE / "names.json").read_text(encoding="utf-8"))
LISTS = str(HERE / "lists.json")
JINJA_FILTERS = {"from_json": json.loads}
