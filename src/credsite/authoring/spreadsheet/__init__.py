"""A spreadsheet to Markdown files, and back. Only ``writing`` touches files of the site, and ``mapping`` reads its own."""
