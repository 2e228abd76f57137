"""Search: the page that finds, suggestions while typing, and what browsers are told about it."""
