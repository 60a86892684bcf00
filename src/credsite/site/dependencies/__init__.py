"""What each page depends on, so that only pages that change are rendered again."""
