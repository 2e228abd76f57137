"""What can happen in notes, by verb."""

from prakai.notes.actions.attaching import attach, describe_attachment
from prakai.notes.actions.bringing import bring_note
from prakai.notes.actions.drafting import Elsewhere, Spent, drop_draft, save_draft
from prakai.notes.actions.notebooks import change_notebook, open_notebook
from prakai.notes.actions.publishing import publish_note, return_note, withdraw_note
from prakai.notes.actions.sending import Sent, first_notebook, send_note
from prakai.notes.actions.tagging import merge_tags
from prakai.notes.actions.writing import Changed, restore_revision, save_note, write_note

__all__ = [
    "Changed",
    "Elsewhere",
    "Sent",
    "Spent",
    "attach",
    "bring_note",
    "change_notebook",
    "describe_attachment",
    "drop_draft",
    "first_notebook",
    "merge_tags",
    "open_notebook",
    "publish_note",
    "restore_revision",
    "return_note",
    "save_draft",
    "save_note",
    "send_note",
    "withdraw_note",
    "write_note",
]
