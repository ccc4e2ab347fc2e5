"""What a translator needs: the templates in the code, a made-up language, and a watch on both."""
