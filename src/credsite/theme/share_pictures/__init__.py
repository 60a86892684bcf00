"""Share pictures: what other websites show beside a link to a page, drawn from a template of the theme."""
