"""The pages of the exchange with other systems."""
