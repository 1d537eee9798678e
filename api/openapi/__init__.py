"""The definition of the API as OpenAPI 3.1."""
