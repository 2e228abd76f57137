"""Whoever adds a table to forums decides here whether it travels."""

from __future__ import annotations

from django.apps import apps
from django.db.models import ForeignKey

from prakai.exchange.forum_days.kinds import BY_MODEL, KINDS, STAYS_HOME, columns_of
from prakai.exchange.forum_days.telling import OUTSIDE


def test_every_table_of_forums_travels_or_stays_home() -> None:
    tables = {model for model in apps.get_app_config("forums").get_models() if not model._meta.auto_created}
    assert {model.__name__ for model in tables - set(BY_MODEL) - set(STAYS_HOME)} == set()


def test_what_a_row_points_to_travels_before_it() -> None:
    wrong = []
    for place, kind in enumerate(KINDS):
        for column in columns_of(kind):
            if not isinstance(column, ForeignKey) or column.related_model in OUTSIDE:
                continue
            if column.related_model not in [other.model for other in KINDS[: place + 1]]:
                wrong.append(f"{kind.key}.{column.name}")
    assert wrong == []
