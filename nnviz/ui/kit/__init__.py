"""The drawing vocabulary: theme, canvas, pictures and the blocks that they are made of."""
