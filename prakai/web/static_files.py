"""Static files under names that change with their content, compressed at set-up."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Hashed and compressed; an unknown name falls back to itself, so that a page never dies of a missing icon."""

    manifest_strict = False
    keep_only_hashed_files = False
