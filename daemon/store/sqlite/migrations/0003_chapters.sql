-- Which revisions touched a task, as change_subjects told, in chapters of 4096 revisions: what changes
-- at one time lies on a few pages however many tasks it touches, and a task is looked for once a
-- chapter.
CREATE TABLE task_revisions (
  chapter INTEGER NOT NULL,
  task INTEGER NOT NULL,
  rev INTEGER NOT NULL,
  PRIMARY KEY (chapter, task, rev)
) STRICT, WITHOUT ROWID;
INSERT INTO task_revisions SELECT rev / 4096, task, rev FROM change_subjects;
DROP TABLE change_subjects;
