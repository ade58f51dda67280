"""Counting, in SQL, what figures of service quality follow from."""
