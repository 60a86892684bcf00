"""The data that the scripts of a page load."""
