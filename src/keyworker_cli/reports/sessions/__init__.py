"""What is said before a session, after it, and of the actions that follow."""
