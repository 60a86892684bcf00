"""What the rest stands on, and what knows nothing of courses: paths, digests, files, processes, text."""
