"""What one row of another system's export is here: read, compared with its mirror, told to the engine."""
