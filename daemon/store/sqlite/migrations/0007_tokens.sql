-- Which lease of a task it is. Null is 0: a lease that was given before, when it had none.
ALTER TABLE tasks ADD COLUMN lease_token INTEGER;
