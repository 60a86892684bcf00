"""What an author may write: the kinds of entries, their fields, and the settings of a site."""
