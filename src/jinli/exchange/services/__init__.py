"""What changes in the exchange with other systems."""
