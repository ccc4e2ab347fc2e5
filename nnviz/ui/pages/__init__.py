"""What every page is and what several pages share."""
