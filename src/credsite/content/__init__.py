"""From the files of a site to its entries."""
