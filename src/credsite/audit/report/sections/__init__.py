"""The sections of the report: what each says about the catalogue, in sentences, tables and charts."""
