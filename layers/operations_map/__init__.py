"""The operations map (作战图): an area with its open cases, owners and deadlines, as a sheet to hang on the wall."""
