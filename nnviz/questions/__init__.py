"""Everything that is asked of many digits; usable from a notebook."""
