"""The page cache: final bytes for visitors, kept before Django, forgotten at every journal entry."""
