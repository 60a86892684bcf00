"""What is run and timed: builds, the preview, pages in a browser."""
