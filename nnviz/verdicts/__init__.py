"""From the outputs of a network to a class, and why."""
