"""Tables of networks, one noun a file."""

from prakai.networks.models.memberships import Membership
from prakai.networks.models.networks import Charter, Network, NetworkQuerySet, Rest
from prakai.networks.models.stewardships import Care, Stewardship

__all__ = ["Care", "Charter", "Membership", "Network", "NetworkQuerySet", "Rest", "Stewardship"]
