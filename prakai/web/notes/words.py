"""The gentle prompts of "how we did it", and the words that the scripts of the writing page say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import pgettext, pgettext_lazy


@dataclass(frozen=True, slots=True)
class Prompt:
    """A heading that helps to remember, and a question beneath it."""

    heading: Any
    question: Any


PROMPTS = (
    Prompt(
        pgettext_lazy("prompt", "The situation"),
        pgettext_lazy("prompt", "Where were you, who was there, what was hard?"),
    ),
    Prompt(
        pgettext_lazy("prompt", "What we did"),
        pgettext_lazy("prompt", "Step by step, also what did not work at first."),
    ),
    Prompt(
        pgettext_lazy("prompt", "The turning point"),
        pgettext_lazy("prompt", "The moment or the word after which it went otherwise."),
    ),
    Prompt(
        pgettext_lazy("prompt", "What changed"),
        pgettext_lazy("prompt", "What you saw with your own eyes; numbers if you have them."),
    ),
    Prompt(
        pgettext_lazy("prompt", "What I would tell a friend"),
        pgettext_lazy("prompt", "Somebody who wants to try it tomorrow."),
    ),
)


def script_words() -> dict[str, str]:
    """Return what writing.js, pictures.js and drafts.js say, in the language of the page."""
    return {
        "saved": pgettext("writing script", "Saved {time}"),
        "saving": pgettext("writing script", "Saving…"),
        "kept_here": pgettext(
            "writing script", "Kept in this browser; it is sent as soon as there is a connection."
        ),
        "signed_out": pgettext("writing script", "You are signed out. Every word is kept in this browser."),
        "sign_in": pgettext("writing script", "Sign in and go on"),
        "not_saved": pgettext("writing script", "Not saved yet"),
        "too_long": pgettext("writing script", "This could not be saved: "),
        "touch": pgettext("writing script", "Your story, press to go on writing"),
        "letters": pgettext("writing script", "{n} letters"),
        "found": pgettext("writing script", "There is text of {time} in this browser that was not saved."),
        "restore": pgettext("writing script", "Bring it back"),
        "drop": pgettext("writing script", "Throw it away"),
        "restored": pgettext("writing script", "Your text is back."),
        "fresh": pgettext(
            "writing script", "What was written here has been taken in. This is a fresh sheet."
        ),
        "desk": pgettext("writing script", "To my desk"),
        "newer": pgettext("writing script", "This note was saved in another window meanwhile."),
        "elsewhere": pgettext("writing script", "Another window holds other words of this note."),
        "compare": pgettext("writing script", "Show both side by side"),
        "bold": pgettext("editor tool", "Bold"),
        "italic": pgettext("editor tool", "Italic"),
        "heading": pgettext("editor tool", "Heading"),
        "list": pgettext("editor tool", "List"),
        "numbers": pgettext("editor tool", "Numbered list"),
        "quote": pgettext("editor tool", "Quotation"),
        "link": pgettext("editor tool", "Link"),
        "link_address": pgettext("editor tool", "Address of the link (empty takes it away)"),
        "table": pgettext("editor tool", "Table"),
        "row": pgettext("editor tool", "Add a row"),
        "column": pgettext("editor tool", "Add a column"),
        "untable": pgettext("editor tool", "Take the table away"),
        "picture": pgettext("editor tool", "Picture"),
        "undo": pgettext("editor tool", "Undo"),
        "redo": pgettext("editor tool", "Redo"),
        "tools": pgettext("editor tool", "Tools for the text"),
        "sending": pgettext("upload", "Sending {name}: {percent} %"),
        "sent": pgettext("upload", "{name} is in."),
        "failed": pgettext("upload", "{name} did not get through: {why}"),
        "too_large": pgettext("upload", "it is too large"),
        "left_there": pgettext(
            "upload",
            "{n} pictures could not come along with the text. Please save them and put them in here.",
        ),
        "no_connection": pgettext("upload", "no connection"),
        "again": pgettext("upload", "Try again"),
        "alt_ask": pgettext("upload", "What does the picture show? For those who cannot see it."),
        "camera": pgettext("upload", "Take a picture"),
        "leave_out": pgettext("upload", "Leave it out"),
    }
