"""From measured figures to docs/performance.md."""
