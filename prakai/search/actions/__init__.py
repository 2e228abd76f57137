"""What can happen in search, by verb. Reading attached files is nobody's deed, and stands apart."""

from prakai.search.actions.saving import drop_search, save_search, stop_letters, tell_by_letter
from prakai.search.actions.telling import begin_letters
from prakai.search.actions.wording import add_equivalents, strike_equivalents

__all__ = [
    "add_equivalents",
    "begin_letters",
    "drop_search",
    "save_search",
    "stop_letters",
    "strike_equivalents",
    "tell_by_letter",
]
