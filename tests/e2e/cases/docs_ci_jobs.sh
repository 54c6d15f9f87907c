# shellcheck shell=bash
# The jobs of docs/ci.md, as GitHub and GitLab run them; the user's own store stays out of it.

page=$E2E_SOURCE/docs/ci.md
job=$E2E_SOURCE/tests/e2e/ci_job.py
export CI=true
taskman task add "Of the user" -q >/dev/null
mine=$(daemon_pid)

# GitHub: three good checks and a bad one, then all good; run twice it makes no task twice.
export GITHUB_RUN_ID=7 GITHUB_RUN_ATTEMPT=1 GITHUB_STEP_SUMMARY=$PWD/summary.md
mkdir -p github/checks
for name in format types units; do echo "echo $name >>ran" >"github/checks/$name.sh"; done
echo 'exit 3' >github/checks/links.sh
assert_exit 1 env -C github "$job" github "$page"
assert_eq "$(sort github/ran)" $'format\ntypes\nunits'
assert_eq "$(cat summary.md)" "- checks/links.sh: exit code 3"
assert_eq "$(sort github/checks.csv | tr -d '\r')" "1,done,checks/format.sh,
2,blocked,checks/links.sh,exit code 3
3,done,checks/types.sh,
4,done,checks/units.sh,
id,status,title,blocked_reason"
assert_eq "$(daemon_pids)" "$mine" "daemons after the job"

echo 'echo links >>ran' >github/checks/links.sh
rm github/checks.db* github/ran
assert_exit 0 env -C github "$job" github "$page"
assert_eq "$(sort github/ran)" $'format\nlinks\ntypes\nunits'
assert_exit 0 env -C github "$job" github "$page"
assert_eq "$(sort github/ran)" $'format\nlinks\ntypes\nunits' "a job that is run again"
assert_eq "$(daemon_pids)" "$mine" "daemons after the job"

# A name with a space is a check, too; where there are none there is nothing to do.
echo 'exit 4' >'github/checks/d bad.sh'
rm github/checks.db* github/ran summary.md
assert_exit 1 env -C github "$job" github "$page"
assert_eq "$(cat summary.md)" "- checks/d bad.sh: exit code 4"
rm github/checks.db* github/checks/* summary.md
assert_exit 0 env -C github "$job" github "$page"
assert_eq "$(cat summary.md)" ""
assert_eq "$(tr -d '\r' <github/checks.csv)" "id,status,title,blocked_reason"
assert_eq "$(daemon_pids)" "$mine" "daemons after the job"

# GitLab: something urgent is open, then it is not.
mkdir gitlab
export CI_PROJECT_DIR=$PWD/gitlab
echo '{"title": "Data loss", "priority": "p0"}' >gitlab/tasks.jsonl
echo '{"title": "Typo", "priority": "p3"}' >>gitlab/tasks.jsonl
assert_exit 1 env -C gitlab "$job" gitlab "$page"
assert_contains "$(cat gitlab/urgent.csv)" "Data loss"
assert_eq "$(daemon_pids)" "$mine" "daemons after the job"
rm gitlab/tasks.db*
echo '{"title": "Data loss", "priority": "p0", "status": "done"}' >gitlab/tasks.jsonl
assert_exit 0 env -C gitlab "$job" gitlab "$page"
assert_eq "$(wc -l <gitlab/urgent.csv)" 1

assert_eq "$(taskman task list --all --format '{id} {status} {title}')" "1 todo Of the user"
assert_eq "$(daemon_pids)" "$mine" "the user's daemon"
