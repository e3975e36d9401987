"""A major upgrade of a running cluster in place: pg_upgrade on the primary, fresh copies for the replicas."""
