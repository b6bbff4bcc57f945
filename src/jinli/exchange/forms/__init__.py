"""Forms of the exchange with other systems."""
