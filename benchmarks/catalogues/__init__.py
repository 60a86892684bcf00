"""Invented catalogues: every generator builds the same words, with the same edits."""
