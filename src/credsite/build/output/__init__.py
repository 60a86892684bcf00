"""Turns planned outputs into files, and never touches a file that credsite did not write.

Three things of credsite's own lie in an output folder: the manifest of what it wrote, a lock against a second
build, and, while a build writes, a folder for half-written files.
"""
