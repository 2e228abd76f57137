"""Pages of talk, by verb."""
