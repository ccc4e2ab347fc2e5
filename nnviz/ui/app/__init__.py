"""The frame of the program: start, window, bars, menus, files, exports, lecture mode."""
