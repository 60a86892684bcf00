"""What hosts have to know of a website: headers, redirects and types, each in the files that the host reads."""
