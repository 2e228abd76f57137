"""Views of people: reading, and what stewards look after."""
