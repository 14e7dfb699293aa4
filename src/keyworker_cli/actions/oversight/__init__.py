"""What is kept of those who look into key work: prisoners asked."""
