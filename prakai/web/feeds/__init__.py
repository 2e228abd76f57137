"""Feeds (RSS, Atom, JSON Feed), the site map, and the cards that messengers show."""
