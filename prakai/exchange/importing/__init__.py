"""Importing (การนำเข้า): from bytes and paths to items, and from items to rows.

The reading side (`readers` and one module per source) is pure: it knows neither Django nor a database, gives
`items.Item`, `items.LooseComment` or `items.Broken`, and never raises because of what a file holds.
"""
