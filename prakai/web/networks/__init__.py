"""Pages of networks: the list, one network, and what its members and stewards do there."""
