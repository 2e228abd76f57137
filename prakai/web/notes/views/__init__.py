"""Pages of notes, one matter a file."""
