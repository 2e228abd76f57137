"""Work of search that takes long: it goes by the task queue, so that no follower and nobody's page waits for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from django.utils import timezone
from django_tasks import task

from prakai.search.actions.reading_attached import read_attached
from prakai.search.queries.attached import unread_attachments

WAITS: Final = (timedelta(minutes=1), timedelta(minutes=30), timedelta(hours=3), timedelta(hours=20))


def _away() -> tuple[type[Exception], ...]:
    """What a store of files says when it cannot be reached: a folder, or an S3 store where that is installed."""
    try:
        from botocore.exceptions import BotoCoreError, ClientError
    except ImportError:
        return (OSError,)
    return (OSError, BotoCoreError, ClientError)


@task(priority=-10)
def read_attachment(attachment_id: int, tried: int = 0) -> bool:
    """Read an attached file; return whether it was read now. Tried again over a day while the store is away."""
    try:
        return read_attached(attachment_id) is not None
    except _away():
        if tried >= len(WAITS):
            raise
        later = read_attachment.using(run_after=timezone.now() + WAITS[tried])
        later.enqueue(attachment_id, tried + 1)
        return False


def read_all_attachments(*, refused_too: bool = False) -> Iterator[tuple[int, int]]:
    """Read every attached file that was not read yet, here and now; yield (how many so far, how many in all).

    Killed in the middle, it goes on where it was. ``refused_too`` tries those again that were refused.
    """
    waiting = list(unread_attachments(refused_too=refused_too).order_by("pk").values_list("pk", flat=True))
    for done, pk in enumerate(waiting, start=1):
        read_attached(pk, refused_too=refused_too)
        yield done, len(waiting)
