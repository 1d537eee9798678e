"""What runs in the browser inside an exported file: plain scripts and one style sheet, read by the renderers."""
