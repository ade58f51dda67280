"""What a user means to do with complaints and promises: open, handle step by step, escalate, close, promise, keep."""
