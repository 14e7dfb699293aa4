"""The tables, what guards them, and how an older schema becomes the current one."""
