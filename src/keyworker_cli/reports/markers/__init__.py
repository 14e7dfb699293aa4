"""Events and ACCTs, and what they make of a day."""
