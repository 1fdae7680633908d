"""What we ask a vendor beside its report: versions, what is asked of whom, the answers, and our word on each."""
