"""A file that nobody reads without its key: encrypting it, opening it, and where the key is kept."""
