"""Figures of service quality: what they are and how they follow from what was counted."""
