"""What helps people to write entries, made from the models and from what a site has: schemas, forms, choices."""
