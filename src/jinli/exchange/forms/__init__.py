"""What the pages of the exchange ask for."""
