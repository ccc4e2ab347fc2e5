"""Kills the real program at random moments of what it does, and looks what it left."""
