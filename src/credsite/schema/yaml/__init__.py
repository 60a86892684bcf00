"""YAML as editors write it."""
