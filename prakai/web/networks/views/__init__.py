"""Views of networks, by what they do."""
