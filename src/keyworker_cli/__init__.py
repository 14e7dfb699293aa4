"""`kw`: every prisoner a key worker, every session recorded, and each morning who has not been seen."""

__version__ = "0.1.0"
