"""Pictures: arrays in, clicks out. They know no session."""
