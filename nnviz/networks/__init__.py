"""What a network is before anybody trains it: settings, designs, weights, files."""
