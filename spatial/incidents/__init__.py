"""Incidents: what may be reported, how one lives from report to closure, and what was promised by when."""
