"""Every map layer, declared once and rendered many ways."""
