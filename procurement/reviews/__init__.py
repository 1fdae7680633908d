"""A review: its states, what the policy says, our judgement on the report, remediations."""
