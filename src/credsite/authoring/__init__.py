"""Help with writing: new entries, editors, spreadsheets."""
