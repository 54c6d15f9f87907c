-- The last command of each actor that changed what the log does not tell of, and the revision it came
-- after: an undo must not pass it over in silence.
CREATE TABLE untold (
  actor TEXT PRIMARY KEY,
  rev INTEGER NOT NULL,
  command TEXT NOT NULL
) STRICT;
