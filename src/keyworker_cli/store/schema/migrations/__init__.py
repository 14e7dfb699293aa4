"""How a database of an older kw becomes one of this kw: one step for each schema version, in order."""
