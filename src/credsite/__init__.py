"""credsite: a static-site generator for micro-credential catalogues."""

__version__ = "0.1.0"
