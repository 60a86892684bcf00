"""From the catalogue to the plan of the website: every page, its address and its view model. Pure."""
