"""The front page, finding by name, and the pages about this place."""
