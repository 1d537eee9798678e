-- Which incidents were merged into one is asked whenever that one is looked at.

CREATE INDEX incidents_merged ON incidents (merged_into) WHERE merged_into IS NOT NULL;
