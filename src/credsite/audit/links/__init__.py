"""Looks where links lead: to parts of the site's own pages, and, when asked, to other websites."""
