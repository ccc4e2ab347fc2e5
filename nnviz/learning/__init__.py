"""Digits, networks and how they learn. No Qt; usable from a notebook."""
