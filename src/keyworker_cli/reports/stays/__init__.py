"""The prisoners here, and the roll."""
