"""Lecture mode: what a room sees, and what the speaker does there."""
