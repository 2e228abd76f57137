"""Pages of sign-in, settings and personal data."""
