"""The window. Draws the state and asks the session; imports no torch."""
