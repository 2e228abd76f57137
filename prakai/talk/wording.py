"""How words that were typed become a comment's body, and back again into a text field."""

from __future__ import annotations

import re
from html import escape, unescape

from django.core.exceptions import ValidationError
from django.utils.translation import pgettext

from prakai.kernel.markup import clean_comment, from_plain, plain_of
from prakai.talk.models import Comment, Conversation
from prakai.thai.folding import clean
from prakai.thai.graphemes import count

LONGEST = 8000
_EDITED = re.compile(r"\s*<(?:p|ul|ol|blockquote)\b.*</(?:p|ul|ol|blockquote)>\s*", re.DOTALL | re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s<>\"']{3,2000}")
_END = re.compile(r"(?:[.,;:!?)\]ๆฯ]|&\w+;)+$")
_PARAGRAPH = re.compile(r"</(?:p|li|blockquote|ul|ol)>\s*", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")


def body_of(text: str) -> str:
    """Return the clean body of what was typed, or came from an editor; web addresses become links.

    Raises ``ValidationError`` when nothing is said, or more than 8,000 letters as a reader counts them.
    """
    if len(text) > 40 * LONGEST:
        raise _too_long(len(text))
    body = clean_comment(text if _EDITED.fullmatch(text) else _with_links(from_plain(text)))
    said = plain_of(body)
    if not said:
        raise ValidationError(pgettext("talk error", "Please write something first."), code="empty")
    if len(said) > LONGEST and (have := count(said)) > LONGEST:
        raise _too_long(have)
    return body


def typed_of(body: str) -> str:
    """Return a comment's body as somebody would type it: blank lines between paragraphs, no markup."""
    text = _BREAK.sub("\n", _PARAGRAPH.sub("\n\n", body.replace("\n", "")))
    return re.sub(r"\n{3,}", "\n\n", unescape(_TAG.sub("", text))).strip()


def check_place(comment: Comment, conversation: Conversation) -> None:
    """Raise ``ValidationError`` unless the comment belongs to the conversation."""
    if comment.conversation_id != conversation.pk:
        raise ValidationError(pgettext("talk error", "That comment belongs to another conversation."))


def short_words(text: str, *, most: int, field: str) -> str:
    """Return cleaned plain words; raise ``ValidationError`` for ``field`` when they are more than ``most`` letters."""
    words = clean(text[: most * 40]).strip()
    if len(words) > most and (have := count(words)) > most:
        message = pgettext("talk error", "At most %(most)d letters, please; these are %(have)d.")
        raise ValidationError({field: ValidationError(message, "too-long", {"most": most, "have": have})})
    return words


def _too_long(have: int) -> ValidationError:
    message = pgettext(
        "talk error", "A comment can hold %(most)d letters; yours has %(have)d. Perhaps it is a note?"
    )
    return ValidationError(message, code="too-long", params={"most": LONGEST, "have": have})


def _with_links(markup: str) -> str:
    return _ADDRESS.sub(_link, markup)


def _link(match: re.Match[str]) -> str:
    address = match[0]
    end = _END.search(address)
    tail = end[0] if end else ""
    address = address[: len(address) - len(tail)]
    return f'<a href="{escape(unescape(address))}">{address}</a>{tail}'
