"""How networks learn: the step, the loop, the process and its messages."""
