"""Forms of the grid line; labels and hints are words."""
