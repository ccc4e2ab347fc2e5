"""Studies: one question put to many independent trainings, and what can be said of the answers."""
