"""Writes docs/performance.md from measured figures."""
