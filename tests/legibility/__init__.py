"""Whether all that the window says can be read, measured from what is really painted."""
