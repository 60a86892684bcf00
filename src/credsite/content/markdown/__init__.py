"""The Markdown text of an entry, as HTML that is safe to publish."""
