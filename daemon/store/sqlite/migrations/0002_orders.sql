-- The order by due date, which also finds what is overdue.
CREATE INDEX tasks_by_due ON tasks (due_order, id);

-- The default order over all tasks, closed ones too. The condition is true of every task, and keeps the
-- index from every query that does not repeat it: for those the smaller tasks_open is the better one.
CREATE INDEX tasks_in_order ON tasks (priority, due_order, id) WHERE id > 0;
