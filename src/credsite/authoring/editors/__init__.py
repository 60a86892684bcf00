"""Help for people who write entries: JSON Schemas, a form and lists of choices, generated from the models and the site."""
