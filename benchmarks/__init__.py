"""How fast credsite builds, compared with other static site generators: `make bench`."""
