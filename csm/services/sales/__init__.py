"""What a user means to do with sales: record, deliver, cancel, settle; each intention is one transaction."""
