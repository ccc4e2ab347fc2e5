"""The command line, and the way into the window."""
