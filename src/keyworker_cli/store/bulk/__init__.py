"""Import and export: many rows in a few statements."""
