"""Forms of forums: they read what people type as people type it; what may be is decided by the room's actions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import pgettext, pgettext_lazy

from prakai.forums.agenda_templates import TEMPLATES
from prakai.forums.models import Forum, ForumAudience, Mode, WalkIns
from prakai.networks.models import Network
from prakai.thai import dates
from prakai.thai.digits import to_arabic
from prakai.thai.times import read_time
from prakai.web.accounts.unit_field import UnitByName
from prakai.web.base.forms import Told
from prakai.web.forums.owning import NetworkField, offer_networks, with_owner
from prakai.web.units.fields import DayField

LANGUAGES: Final = [("th", "ไทย"), ("en", "English")]
DAY_HINT = pgettext_lazy("forum form", "Such as 20 Jan 2027 or 20/1/2027.")
_LONG = {"rows": 3}


class NumberField(forms.CharField):
    """A whole number in Arabic or Thai digits; ``None`` when it is left empty."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def __init__(self, *, least: int = 1, most: int = 100_000, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 20, **kwargs})
        self.least, self.most = least, most

    def clean(self, value: Any) -> Any:
        """Return the number."""
        text = to_arabic(super().clean(value)).replace(",", "").strip()
        if not text:
            return None
        if not (text.isascii() and text.isdigit()) or not self.least <= int(text) <= self.most:
            words = pgettext("forum form", "A whole number from %(least)d to %(most)d, please.")
            raise ValidationError(words % {"least": self.least, "most": self.most})
        return int(text)


class ClockField(forms.CharField):
    """A time of day as people write it: 8.30, 08:30 น., บ่ายสองโมง."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 40, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        """Show a time as it is written in Thai."""
        return f"{value:%H.%M}" if isinstance(value, time) else value

    def clean(self, value: Any) -> Any:
        """Return the ``time``."""
        text = super().clean(value)
        if not text:
            return None
        found = read_time(text)
        if found is None:
            raise ValidationError(
                pgettext("forum form", "This time cannot be read. Please write it such as 8.30.")
            )
        return found


class MomentField(forms.CharField):
    """A day and a time as people write them; a day alone means the end of it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 120, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        """Show a moment in the long Thai form, which says its own era."""
        return dates.write_moment(value) if isinstance(value, datetime) else value

    def clean(self, value: Any) -> Any:
        """Return the ``datetime``, or ``None`` for an empty field."""
        text = super().clean(value)
        if not text:
            return None
        if (moment := dates.read_moment(text)) is not None:
            return moment
        if (day := dates.read_date(text)) is not None:
            return datetime.combine(day, time(23, 59), tzinfo=dates.BANGKOK)
        raise ValidationError(
            pgettext("forum form", "This cannot be read. Please write it such as 15 Jan 2027 16:30.")
        )


class FoundForm(Told):
    """What is needed to begin: the rest can be told later."""

    title = forms.CharField(max_length=2000, label=pgettext_lazy("forum form", "Name of the forum"))
    purpose = forms.CharField(
        max_length=6000,
        required=False,
        label=pgettext_lazy("forum form", "Which work shall become better?"),
        help_text=pgettext_lazy("forum form", "One sentence, in the words of those who do the work."),
        widget=forms.Textarea(attrs=_LONG),
    )
    network = NetworkField()
    unit = UnitByName(required=False, label=pgettext_lazy("forum form", "Which unit prepares it"))
    first_on = DayField(required=False, label=pgettext_lazy("forum form", "First day"), help_text=DAY_HINT)
    agenda = forms.ChoiceField(
        required=False,
        label=pgettext_lazy("forum form", "Agenda to begin with"),
        widget=forms.RadioSelect,
        initial="whole-day",
    )
    mode = forms.ChoiceField(
        choices=Mode.choices, initial=Mode.PLACE, label=pgettext_lazy("forum form", "How people meet")
    )
    place = forms.CharField(max_length=2000, required=False, label=pgettext_lazy("forum form", "Place"))

    def __init__(self, *args: Any, networks: Sequence[Network] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_networks(self, networks)
        choices = [(one.key, str(one.name)) for one in TEMPLATES]
        choices.append(("", pgettext("agenda template", "Start with an empty day")))
        self.fields["agenda"].choices = choices  # type: ignore[attr-defined]
        self.hints = {one.key: str(one.about) for one in TEMPLATES}

    def clean(self) -> dict[str, Any]:
        """Want a unit, unless a network is chosen."""
        return with_owner(self)


class ChangeForm(Told):
    """All that a forum says of itself; the agenda has its own page."""

    title = forms.CharField(max_length=2000, label=pgettext_lazy("forum form", "Name of the forum"))
    purpose = forms.CharField(
        max_length=6000,
        required=False,
        label=pgettext_lazy("forum form", "Which work shall become better?"),
        help_text=pgettext_lazy("forum form", "One sentence, in the words of those who do the work."),
        widget=forms.Textarea(attrs=_LONG),
    )
    about = forms.CharField(
        max_length=40_000,
        required=False,
        label=pgettext_lazy("forum form", "What those who come should know"),
        help_text=pgettext_lazy("forum form", "How to get there, what to bring, whom to ask."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    host = UnitByName(
        required=False,
        label=pgettext_lazy("forum form", "Host"),
        help_text=pgettext_lazy("forum form", "Only when another unit receives the guests."),
    )
    series = forms.CharField(
        max_length=2000,
        required=False,
        label=pgettext_lazy("forum form", "Series"),
        help_text=pgettext_lazy(
            "forum form", "Forums held again and again have one name; the next learns from the last."
        ),
        widget=forms.TextInput(attrs={"list": "known-series", "autocomplete": "off"}),
    )
    mode = forms.ChoiceField(choices=Mode.choices, label=pgettext_lazy("forum form", "How people meet"))
    place = forms.CharField(max_length=2000, required=False, label=pgettext_lazy("forum form", "Place"))
    online_url = forms.URLField(
        max_length=500,
        required=False,
        assume_scheme="https",
        label=pgettext_lazy("forum form", "Link for meeting online"),
        error_messages={
            "invalid": pgettext_lazy(
                "forum form", "Please write a whole address, such as https://meet.example.go.th/abc."
            )
        },
    )
    audience = forms.ChoiceField(
        choices=ForumAudience.choices,
        label=pgettext_lazy("forum form", "Who may see it and register"),
    )
    seats = NumberField(required=False, label=pgettext_lazy("forum form", "Seats"))
    walk_ins = forms.ChoiceField(
        choices=WalkIns.choices, label=pgettext_lazy("forum form", "Who may come in without registering")
    )
    team_least = NumberField(
        required=False, most=1000, label=pgettext_lazy("forum form", "People from one unit, at least")
    )
    team_most = NumberField(
        required=False, most=1000, label=pgettext_lazy("forum form", "People from one unit, at most")
    )
    team_rule = forms.CharField(
        max_length=2000,
        required=False,
        label=pgettext_lazy("forum form", "Who should be in a team"),
        help_text=pgettext_lazy("forum form", "Such as: one who does the work, one who decides."),
    )
    registration_until = MomentField(
        required=False,
        label=pgettext_lazy("forum form", "Registration until"),
        help_text=pgettext_lazy("forum form", "Such as 15 Jan 2027 16:30; a day alone means the end of it."),
    )
    language = forms.ChoiceField(choices=LANGUAGES, label=pgettext_lazy("forum form", "Its language"))
    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, is_networks: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = ForumAudience.NETWORK if is_networks else ForumAudience.UNIT
        offered = (ForumAudience.PUBLIC, ForumAudience.MEMBERS, own)
        self.fields["audience"].choices = [(one.value, one.label) for one in offered]  # type: ignore[attr-defined]
        if is_networks:
            self.fields["host"].help_text = pgettext("forum form", "The unit that receives the guests.")

    @staticmethod
    def values_of(forum: Forum) -> dict[str, Any]:
        """Return what ``forum`` says now, as the form shows it."""
        names = [name for name in ChangeForm.base_fields if name not in ("series", "seen")]
        return {name: getattr(forum, name) for name in names} | {
            "series": forum.series.name if forum.series else ""
        }


class CancelForm(Told):
    """Why a forum will not take place."""

    because = forms.CharField(
        max_length=2000,
        label=pgettext_lazy("forum form", "Why? Those who wanted to come will read this."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class CloneForm(Told):
    """What is other in the next forum."""

    title = forms.CharField(max_length=2000, label=pgettext_lazy("forum form", "Name of the forum"))
    network = NetworkField()
    unit = UnitByName(required=False, label=pgettext_lazy("forum form", "Which unit prepares it"))
    first_on = DayField(label=pgettext_lazy("forum form", "First day"), help_text=DAY_HINT)

    def __init__(self, *args: Any, networks: Sequence[Network] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_networks(self, networks)

    def clean(self) -> dict[str, Any]:
        """Want a unit, unless a network is chosen."""
        return with_owner(self)
