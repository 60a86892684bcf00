"""The build: its pipeline, its cache, and the output folder."""
