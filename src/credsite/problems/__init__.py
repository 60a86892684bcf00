"""What is wrong in an editor's files, and how it is told to people and to programs."""
