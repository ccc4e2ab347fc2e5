"""The sizes that the window is made for."""

GRID = (1280, 720)
"""The window size that all sizes in pixels are made for."""
SMALLEST = (800, 560)
SCALES = (0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)
"""The user's choices of text size."""
BAR_ZOOM = 1.3
"""How much the text of the bars grows at most, so that they leave room for the page."""
LECTURE_ZOOM = 1.1
"""How much larger the type is in lecture mode."""
MENU_TEXT = 17
