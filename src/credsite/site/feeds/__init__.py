"""Files for other programs: feeds, the sitemap, calendars."""
