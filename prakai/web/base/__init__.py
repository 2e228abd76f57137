"""Base of all pages: the skeleton, the parts, the styleguide, and the pages that say no."""
