"""Words that every room speaks: verdicts, public ids, clean markup, paging, and the seams. No tables, no nouns."""
