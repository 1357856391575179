"""Events -> findings: series, shifts, corroboration. Pure functions."""
