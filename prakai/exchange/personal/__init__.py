"""Personal data: everything the platform keeps about one person, to be seen by her and to be taken along."""

from prakai.exchange.personal.packing import media_of, pack
from prakai.exchange.personal.sections import Section, everything_about

__all__ = ["Section", "everything_about", "media_of", "pack"]
