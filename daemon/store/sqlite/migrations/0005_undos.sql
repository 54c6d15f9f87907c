-- Which revision took back which: rev is the inverse of what `of` did. An undo that was taken back
-- itself (a redo) has a row of its own.
CREATE TABLE undos (
  rev INTEGER PRIMARY KEY,
  of INTEGER NOT NULL
) STRICT;
CREATE INDEX undos_by_target ON undos (of);
