"""What can happen in networks, by verb."""

from prakai.networks.actions.caring import end_care, give_care
from prakai.networks.actions.founding import found_network, rename_network, write_charter
from prakai.networks.actions.joining import end_membership, invite_member, join_network
from prakai.networks.actions.resting import rest_network, wake_network

__all__ = [
    "end_care",
    "end_membership",
    "found_network",
    "give_care",
    "invite_member",
    "join_network",
    "rename_network",
    "rest_network",
    "wake_network",
    "write_charter",
]
