"""What search reads: what is found, what is suggested while typing, what is like a thing."""
