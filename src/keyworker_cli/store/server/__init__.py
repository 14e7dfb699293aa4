"""A prison kept on a PostgreSQL server."""
