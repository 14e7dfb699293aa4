"""What raises a prisoner's priority: events, ACCTs and what follows from them."""
