"""The time chain: required, allocated, worked, delivered."""
