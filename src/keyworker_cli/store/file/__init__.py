"""A prison kept in a local file: opened, encrypted, copied, checked."""
