"""What the grid line knows: standards, routing, places, and how a report stands. Reads only."""
