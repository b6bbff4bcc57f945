"""Pages of the exchange: each view reads, makes one service call, and renders."""
