"""Files of data that the theme's scripts load."""
