"""Helpers that know nothing of courses: paths, digests, files, processes, text, amounts."""
