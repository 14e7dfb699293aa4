"""Import and export, and the demo."""
