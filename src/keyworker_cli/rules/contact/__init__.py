"""Who has had key work, who has not, for how long and why."""
