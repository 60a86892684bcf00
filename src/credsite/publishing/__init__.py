"""Puts a built website where visitors find it: in a branch of Git, or in a folder that rsync can write to."""
