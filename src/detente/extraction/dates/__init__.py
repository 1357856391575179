"""When, and on what basis."""
