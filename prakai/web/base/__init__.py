"""The look of every page: skeleton, parts, error pages and the styleguide that shows them all."""
