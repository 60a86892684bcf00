"""Themes turn view models into HTML: templates, assets, translations, and how a language writes dates and prices.

The loader, assets, translations and formatters work without Jinja, so that a build in which no page has changed does not
import it.
"""
