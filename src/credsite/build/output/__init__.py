"""Writes planned outputs to a folder, and never touches a file that credsite did not write.

An output folder holds three things beside the website: the manifest of the files that credsite wrote, a lock against a
second build, and, while a build writes, a folder for temporary files.
"""
