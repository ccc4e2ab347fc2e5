"""Rows of digits, read by trial segmentation."""
