"""Shows a site in the browser while somebody writes it: watch, rebuild, tell the browser.

Nothing of it is imported before ``credsite serve`` runs, so that a plain build pays nothing for it.
"""
