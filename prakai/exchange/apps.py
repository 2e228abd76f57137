"""Registers the room exchange with Django."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """The room exchange."""

    name = "prakai.exchange"
    label = "exchange"
