"""A spreadsheet to Markdown files, and back. Only ``file_writes`` writes to the site, and ``mapping`` reads its own files."""
