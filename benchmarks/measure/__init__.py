"""Runs and times builds, the preview, and pages in a browser."""
