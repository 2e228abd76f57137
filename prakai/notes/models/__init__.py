"""Tables of notes, one noun a file."""

from prakai.notes.models.drafts import Draft
from prakai.notes.models.licences import Licence
from prakai.notes.models.media import Attachment
from prakai.notes.models.notebooks import Notebook
from prakai.notes.models.notes import Note, NoteKind, NoteQuerySet, Numeral, Publication, Withdrawal
from prakai.notes.models.origins import OldAddress, Origin
from prakai.notes.models.readings import Reading
from prakai.notes.models.revisions import Revision
from prakai.notes.models.tags import Tag, Tagging

__all__ = [
    "Attachment",
    "Draft",
    "Licence",
    "Note",
    "NoteKind",
    "NoteQuerySet",
    "Notebook",
    "Numeral",
    "OldAddress",
    "Origin",
    "Publication",
    "Reading",
    "Revision",
    "Tag",
    "Tagging",
    "Withdrawal",
]
