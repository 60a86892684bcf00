"""All entries on a date: what is published, how entries relate, what courses are filtered by. Pure."""
