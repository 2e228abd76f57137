"""Search: the page that finds, suggestions, what browsers are told, saved searches, and words that mean the same."""
