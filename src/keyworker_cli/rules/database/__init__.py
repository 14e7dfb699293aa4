"""What a rule can say of the database itself: its address, its folder, its backups."""
