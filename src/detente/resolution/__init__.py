"""Many extractions -> events: claims joined, copies found."""
