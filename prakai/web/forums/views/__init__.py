"""What the pages of forums answer, one noun a file."""
