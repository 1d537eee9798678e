"""The store for several servers: PostgreSQL with PostGIS, through psycopg."""
