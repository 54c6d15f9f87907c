-- Instants are milliseconds since 1970 in UTC, days are days since 1970-01-01. Enumerations are the
-- positions of common/model/vocabulary.cpp: status 0 todo, 1 in_progress, 2 blocked, 3 review,
-- 4 done, 5 dropped; below 4 is open.

CREATE TABLE meta (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE projects (
  key TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sprints (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  project TEXT REFERENCES projects (key),
  goal TEXT NOT NULL,
  start_day INTEGER,
  end_day INTEGER,
  tz TEXT NOT NULL,
  capacity INTEGER,
  state INTEGER NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  started_at INTEGER,
  closed_at INTEGER
) STRICT;
CREATE INDEX sprints_by_project ON sprints (project);

-- The scope as it was at the start, and the report as it was at the close. Frozen facts: they keep
-- ids of tasks that were deleted since, so they reference nothing but their sprint.
CREATE TABLE sprint_scope (
  sprint INTEGER NOT NULL REFERENCES sprints (id) ON DELETE CASCADE,
  task INTEGER NOT NULL,
  points INTEGER,
  status INTEGER NOT NULL,
  PRIMARY KEY (sprint, task)
) STRICT, WITHOUT ROWID;

-- Lists of numbers are texts: 3,7,12. progress: tasks by status, points by status, unestimated.
CREATE TABLE sprint_reports (
  sprint INTEGER PRIMARY KEY REFERENCES sprints (id) ON DELETE CASCADE,
  progress TEXT NOT NULL,
  completed TEXT NOT NULL,
  dropped TEXT NOT NULL,
  carried TEXT NOT NULL,
  added TEXT NOT NULL,
  removed TEXT NOT NULL,
  carried_to TEXT NOT NULL
) STRICT;

CREATE TABLE sprint_progress (
  sprint INTEGER PRIMARY KEY REFERENCES sprints (id) ON DELETE CASCADE,
  progress TEXT NOT NULL
) STRICT;

-- open repeats status, labels (one a line) and blocked_by (numbers) repeat task_labels and
-- dependencies, so that reading a task is one seek and an index need not change with every status;
-- the same code writes both. open_blockers counts the open tasks of blocked_by. due_order sorts
-- tasks without a due date last and is what the indexes hold.
CREATE TABLE tasks (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  title TEXT NOT NULL,
  status INTEGER NOT NULL,
  open INTEGER NOT NULL,
  priority INTEGER NOT NULL,
  project TEXT REFERENCES projects (key),
  sprint INTEGER REFERENCES sprints (id),
  parent INTEGER REFERENCES tasks (id) ON DELETE SET NULL,
  assignee TEXT,
  labels TEXT NOT NULL,
  points INTEGER,
  due INTEGER,
  blocked_by TEXT NOT NULL,
  blocked_reason TEXT,
  external_id TEXT,
  lease_holder TEXT,
  lease_until INTEGER,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  started_at INTEGER,
  closed_at INTEGER,
  open_blockers INTEGER NOT NULL DEFAULT 0,
  body TEXT NOT NULL,
  due_order INTEGER NOT NULL GENERATED ALWAYS AS (ifnull(due, 9223372036854775807)) VIRTUAL
) STRICT;

-- The default order (priority, due, id), alone and behind an equality. What follows id lets common
-- filters be decided, and counted, without looking at the table.
CREATE INDEX tasks_open ON tasks (priority, due_order, id, status, sprint, open_blockers) WHERE open = 1;
CREATE INDEX tasks_closed ON tasks (status, priority, due_order) WHERE open = 0;
CREATE INDEX tasks_by_project ON tasks (project, priority, due_order, id, open);
CREATE INDEX tasks_by_assignee ON tasks (assignee, priority, due_order, id, open);
CREATE INDEX tasks_by_sprint ON tasks (sprint) WHERE sprint IS NOT NULL;
CREATE INDEX tasks_by_parent ON tasks (parent) WHERE parent IS NOT NULL;
CREATE INDEX tasks_by_creation ON tasks (created_at);
CREATE INDEX tasks_by_update ON tasks (updated_at);
CREATE UNIQUE INDEX tasks_by_external_id ON tasks (external_id) WHERE external_id IS NOT NULL;

-- How many tasks have each status, so that the commonest counts cost nothing.
CREATE TABLE status_counts (
  status INTEGER PRIMARY KEY,
  tasks INTEGER NOT NULL DEFAULT 0,
  open INTEGER NOT NULL GENERATED ALWAYS AS (status < 4) VIRTUAL
) STRICT;
INSERT INTO status_counts (status) VALUES (0), (1), (2), (3), (4), (5);

CREATE TABLE task_labels (
  label TEXT NOT NULL,
  task INTEGER NOT NULL REFERENCES tasks (id),
  PRIMARY KEY (label, task)
) STRICT, WITHOUT ROWID;
CREATE INDEX task_labels_by_task ON task_labels (task);

-- task waits for blocker.
CREATE TABLE dependencies (
  blocker INTEGER NOT NULL REFERENCES tasks (id),
  task INTEGER NOT NULL REFERENCES tasks (id),
  PRIMARY KEY (blocker, task)
) STRICT, WITHOUT ROWID;
CREATE INDEX dependencies_by_task ON dependencies (task);

CREATE TABLE comments (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  task INTEGER NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
  author TEXT NOT NULL,
  text TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX comments_by_task ON comments (task);

-- The log. chain is the rolling hash up to this row, its 64 bits as a signed integer.
CREATE TABLE changesets (
  rev INTEGER PRIMARY KEY,
  chain INTEGER NOT NULL,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  origin TEXT NOT NULL,
  key TEXT,
  changes TEXT NOT NULL,
  subjects TEXT NOT NULL
) STRICT;

-- Which revisions touched a task. No references: the log outlives what it tells of.
CREATE TABLE change_subjects (
  task INTEGER NOT NULL,
  rev INTEGER NOT NULL,
  PRIMARY KEY (task, rev)
) STRICT, WITHOUT ROWID;

-- Answers to writes with an idempotency key, kept for a day; id grows with time.
CREATE TABLE answers (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  digest TEXT NOT NULL,
  status INTEGER NOT NULL,
  body TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
