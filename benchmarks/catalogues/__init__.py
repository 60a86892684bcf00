"""The catalogues that are built: the same words and the same edits for every generator."""
