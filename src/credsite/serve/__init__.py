"""The preview: watches the files of a site, rebuilds it after each change, and tells the browser.

Only ``credsite serve`` imports this package, so that it does not slow the start of other commands.
"""
