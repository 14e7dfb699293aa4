"""Every question of the database, one statement each."""
