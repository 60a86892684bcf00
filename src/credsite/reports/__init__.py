"""Problems and tables as text for machines: for editors' tools, spreadsheets and continuous integration. Pure."""
