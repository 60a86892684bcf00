"""The pages of the website, by what they show."""
