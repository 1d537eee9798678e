"""HTTP and the command line: the outer ring."""
