"""Civil dates: read as people type them, said so that nobody mistakes them."""
