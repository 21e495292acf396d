"""Forms of the middle floor. They check shape; the procedure is in the services."""
