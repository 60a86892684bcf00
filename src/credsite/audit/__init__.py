"""How good a catalogue is: standards, links, entries that are out of date, the report."""
