"""Themes: their templates, assets, words and the ways in which they write dates and prices.

Only :mod:`credsite.theme.renderer` imports Jinja, so a build in which no page has changed never loads it.
"""
