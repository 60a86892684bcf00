"""A spreadsheet to Markdown files, and back. Pure but for :mod:`files`, :mod:`writing` and what reads the site."""
