"""Time on the rota: slots, spells without any, and who is there."""
