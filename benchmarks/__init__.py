"""Benchmarks: each prints its numbers beside a trivial baseline."""
