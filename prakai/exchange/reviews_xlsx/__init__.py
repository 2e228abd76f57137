"""Answers of a review as an Excel file: those that are revealed go out, those that were written elsewhere come in."""
