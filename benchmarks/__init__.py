"""How fast credsite builds, beside other generators of static sites: `make bench`."""
