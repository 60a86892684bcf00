"""The report on a catalogue: how good it is, what is missing, what comes next. Pure."""
