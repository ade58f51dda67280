"""Knowing which customers matter: grades, value, churn and risk."""
