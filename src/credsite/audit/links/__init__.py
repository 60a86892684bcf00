"""The link check: links to the site's own pages and, if the user asks for it, links to other websites."""
