"""Benchmarks: ratios from one run on one machine. ``make bench`` prints them; docs/performance.md keeps them."""
