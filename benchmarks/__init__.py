"""How fast the product is against the same page and the same edit written by hand. See docs/dev/benchmark.md."""

from datetime import UTC, datetime

# The clock stands still: what is late, and so every byte of a page, is the same on any day.
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
