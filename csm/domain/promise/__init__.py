"""The rules of promises."""
