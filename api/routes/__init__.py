"""The routes, a family to a file; each declares its operations."""
