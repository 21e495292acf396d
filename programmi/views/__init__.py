"""Pages of the middle floor."""
