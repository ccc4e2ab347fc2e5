"""Files in which other programs keep networks: what they are, and those that can be opened."""
