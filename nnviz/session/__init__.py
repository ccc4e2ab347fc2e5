"""What is being looked at, and all that can be done with it."""
