"""Events and ACCTs."""
