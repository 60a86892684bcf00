"""Files for other programs: feeds, the sitemap, calendars, and whatever :mod:`.formats` finds here."""
