"""What changes in a run: each file owns its arrays and the few verbs that change them."""
