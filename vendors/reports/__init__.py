"""Reports of the service auditor: asking for them, receiving, recording their facts, accepting."""
