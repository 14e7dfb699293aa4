"""Backups, encryption and settings."""
