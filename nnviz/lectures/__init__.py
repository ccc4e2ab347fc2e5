"""Lectures: the line of what is looked at, lecture files, their checks and handouts."""
