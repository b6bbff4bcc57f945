"""What the exchange with other systems knows. Reads only."""
