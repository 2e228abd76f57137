"""How allauth speaks with our house: who may join, and what a new person is."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter


class Door(DefaultAccountAdapter):  # type: ignore[misc]
    """Our account adapter."""
