"""What the manager declares of the year: the comments action by action, and the whole once transmitted."""
