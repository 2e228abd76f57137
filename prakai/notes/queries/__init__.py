"""What pages of notes read, by noun."""
