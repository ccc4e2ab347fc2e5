"""Pictures of your own in folders: which there are, what their labels are, how they are read."""
