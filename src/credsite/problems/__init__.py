"""Problems in an author's files: what each means, and how they are shown to people and programs."""
