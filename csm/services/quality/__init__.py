"""Figures of service quality of a period, section by section."""
