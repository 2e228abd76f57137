"""Units as a table: a CSV file comes in after a dry run, and goes out with the same columns.

- `columns`: the columns, in Thai and English
- `reading`: bytes to rows of text; refuses what is not such a file
- `ordering`: a unit before those that stand under it, wherever its line is
- `planning`: what each row would do, with its problems; changes nothing
- `importing`: does it, all rows or none
- `bringing`: files on disk, for the command line: which are tables of units, and what became of each row
- `writing`: the list of units, and an empty table to fill in
"""
