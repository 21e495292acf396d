"""People: how they are invited, how they come in, what proves who they are, and how they leave."""
