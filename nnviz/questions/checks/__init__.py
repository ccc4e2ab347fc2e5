"""Whether learning goes wrong: what is looked at, when a check holds, what is said and tried."""
