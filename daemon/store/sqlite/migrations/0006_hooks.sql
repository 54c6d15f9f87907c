-- What is told of changes: kind 0 runs a command, 1 posts to a URL. What follows paused is how far it
-- is; rev is a revision of the log beside it, so it is right in every copy of this file.
CREATE TABLE hooks (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  on_text TEXT NOT NULL,
  sprints_of TEXT,
  kind INTEGER NOT NULL,
  target TEXT NOT NULL,
  secret TEXT NOT NULL,
  actor TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  paused INTEGER NOT NULL,
  rev INTEGER NOT NULL,
  told INTEGER NOT NULL,
  failures INTEGER NOT NULL,
  next_try_at INTEGER,
  delivered_at INTEGER,
  last_error TEXT
) STRICT;

-- What could not be delivered, whole: the log may be pruned before somebody looks.
CREATE TABLE dead_letters (
  hook INTEGER NOT NULL REFERENCES hooks (id) ON DELETE CASCADE,
  rev INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  error TEXT NOT NULL,
  at INTEGER NOT NULL,
  again INTEGER NOT NULL,
  frame TEXT,
  PRIMARY KEY (hook, rev)
) STRICT;
