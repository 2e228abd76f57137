"""Tables of search: what people decide about it. The index itself is no table and can be made again at any time."""

from prakai.search.models.attached import AttachedText, Reading
from prakai.search.models.equivalents import Equivalents
from prakai.search.models.saved import SavedSearch

__all__ = ["AttachedText", "Equivalents", "Reading", "SavedSearch"]
