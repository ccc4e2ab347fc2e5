"""Digits and other images: where they come from, and how a picture becomes one."""
