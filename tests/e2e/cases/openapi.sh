# shellcheck shell=bash
# /openapi.json: the public linter has nothing to say, and real answers of every route are as described.

checks=$E2E_SOURCE/tests/openapi
[ -d "$checks/node_modules" ] || fail "no linter: run tests/openapi/install"

TASKMAN_HOOK_ATTEMPTS=1 taskmand --db "$E2E_FOLDER/d.db" --socket "$E2E_FOLDER/d.sock" --ready-fd 1 >ready &
wait_for_line ready '^ready$'
fetch() { curl -sS --unix-socket d.sock "$@"; }

fetch http://localhost/openapi.json >openapi.json
"$checks/lint" "$PWD/openapi.json" || fail "the linter refuses the document"

CONTENT_TYPE=application/json
# call STATUS METHOD TARGET [CURL ARGUMENT…]    one exchange, kept as a line of answers.ndjson
call() {
  local expected=$1 method=$2 target=$3 status type
  shift 3
  : >body
  { read -r status type; } < <(
    fetch -X "$method" -o body -w '%{http_code} %{content_type}\n' -H "Content-Type: $CONTENT_TYPE" \
      "$@" "http://localhost$target")
  assert_eq "$status" "$expected" "$method $target: $(cat body)"
  case $type in
    */json | *+json) jq -c . <body >document ;;
    *) jq -Rsc . <body >document ;;
  esac
  jq -nc --arg method "$method" --arg target "$target" --argjson status "$status" --arg type "$type" \
    --slurpfile body document \
    '{$method, $target, $status, $type, body: $body[0]}' >>answers.ndjson
}

# --- what is there
call 201 POST /api/v1/projects -d '{"key":"web","name":"Web shop"}'
call 201 POST /api/v1/sprints -d '{"name":"Sprint 12","project":"web","start":"2026-11-23","end":"2026-12-07","capacity":40}'
call 201 POST /api/v1/sprints -d '{"name":"Sprint 13","project":"web"}'
call 201 POST /api/v1/sprints -d '{"name":"Sprint 14","project":"web"}'
call 201 POST /api/v1/tasks -d '{"title":"Fix login","project":"web","sprint":"Sprint 12","labels":["api"],"points":3,"due":"2026-12-01","assignee":"ana","external_id":"github:o/r#1"}'
call 201 POST /api/v1/tasks -d '{"title":"Write notes","blocked_by":[1],"parent":1}'
call 201 POST /api/v1/tasks -d '{"title":"To go"}'
call 200 POST '/api/v1/tasks?dry_run=1' -d '{"title":"Never made"}'
call 200 GET '/api/v1/tasks?filter=is:open&sort=due&limit=2'
call 200 GET '/api/v1/tasks?limit=all'
call 304 GET /api/v1/tasks -H "If-None-Match: \"$(fetch http://localhost/api/v1/tasks | jq -r .cursor)\""
call 200 GET /api/v1/tasks/1
call 200 PATCH /api/v1/tasks/1 -d '{"priority":"p0"}'
call 200 POST /api/v1/tasks/bulk -d '{"verb":"edit","ids":[1,2],"set":{"add_labels":["release"]}}'
call 200 GET /api/v1/labels
call 200 POST /api/v1/sprints/Sprint%2012/start
call 200 POST /api/v1/tasks/1/start
call 200 POST /api/v1/tasks/1/block -d '{"reason":"waits for the vendor"}'
call 200 POST /api/v1/tasks/1/review
call 200 POST /api/v1/tasks/1/done
call 200 POST /api/v1/tasks/1/done
call 200 POST /api/v1/tasks/1/reopen
call 200 POST /api/v1/tasks/claim -d '{"filter":"id:3","order":"-priority","lease":"5m"}'
call 200 POST /api/v1/tasks/3/claim -d '{"lease":600}'
call 409 POST /api/v1/tasks/3/claim -d '{"exclusive":true}'
call 409 POST /api/v1/tasks/3/renew -d '{"token":1}'
call 200 POST /api/v1/tasks/3/renew
call 409 POST /api/v1/tasks/3/claim -H 'Taskman-Actor: somebody-else'
call 200 POST /api/v1/tasks/3/release -d '{"if_claimed":true}'
call 200 POST /api/v1/tasks/3/drop
call 201 POST /api/v1/tasks/1/comments -d '{"text":"Reproduced"}'
call 200 GET /api/v1/tasks/1/comments
call 200 GET /api/v1/tasks/1/log
call 200 GET /api/v1/sprints
call 200 GET /api/v1/sprints/current
call 200 GET /api/v1/sprints/current/progress
CONTENT_TYPE=application/x-ndjson call 200 POST /api/v1/batch --data-binary '{"verb":"task edit","id":1,"points":3}'
CONTENT_TYPE=application/x-ndjson call 200 POST '/api/v1/batch?dry_run=1' --data-binary '{"verb":"task add","title":"x"}'
call 200 PATCH /api/v1/sprints/current -d '{"goal":"Log in without a password"}'
call 200 POST '/api/v1/sprints/current/close?dry_run=1' -d '{"carry":"none"}'
call 200 POST /api/v1/sprints/current/close -d '{"carry":"Sprint 13"}'
call 200 GET /api/v1/sprints/prev
call 200 POST /api/v1/sprints/Sprint%2013/cancel
call 200 DELETE /api/v1/sprints/Sprint%2014
call 200 GET /api/v1/projects
call 200 GET /api/v1/projects/web
call 200 PATCH /api/v1/projects/web -d '{"description":"Where it is sold"}'
call 201 POST /api/v1/projects -d '{"key":"old"}'
call 200 DELETE /api/v1/projects/old
call 200 DELETE /api/v1/tasks/3
call 200 POST '/api/v1/undo?dry_run=1' -d '{}'
call 200 POST /api/v1/undo -d '{}'
call 200 POST /api/v1/undo -d '{"redo":true}'
call 200 GET '/api/v1/undo?limit=5'
call 200 GET /api/v1/events
call 200 GET '/events?types=task.updated&limit=1'
call 204 GET "/events?wait=1&since=$(fetch http://localhost/api/v1/tasks | jq -r .cursor)"
call 200 GET '/api/v1/tasks?min_rev=1'
call 200 GET /api/v1/subscribers
call 201 POST /api/v1/hooks -d '{"on":"task.* label:hooked","run":"false"}'
call 201 POST /api/v1/hooks -d '{"on":"sprint.updated","post":"https://ci.example/","project":"web"}'
call 201 POST /api/v1/tasks -d '{"title":"Told of","labels":["hooked"]}'
has_dead_letter() { fetch http://localhost/api/v1/hooks/dead | jq -e '.data[0].frame'; }
eventually has_dead_letter
call 200 GET /api/v1/hooks
call 200 GET /api/v1/hooks/1
call 200 GET /api/v1/hooks/dead
call 200 GET /api/v1/hooks/1/dead
call 200 POST /api/v1/hooks/2/pause
call 200 POST /api/v1/hooks/2/resume
call 200 POST '/api/v1/hooks/2/retry?dry_run=1'
call 200 DELETE /api/v1/hooks/2
call 200 GET '/api/v1/complete?kind=tasks'
call 200 GET /api/v1/export
CONTENT_TYPE=application/x-ndjson call 200 POST /api/v1/import --data-binary '{"title":"Imported","external_id":"x:1"}'
CONTENT_TYPE=application/x-ndjson call 200 POST '/api/v1/import?skip_invalid=1&dry_run=1' --data-binary $'{"title":"a"}\n{"title":1}'
call 200 POST /api/v1/backup -d "{\"path\":\"$PWD/copy.db\"}"
call 200 GET /api/v1/health
call 200 GET /metrics
call 200 GET /openapi.json

# --- what is refused
call 422 GET '/api/v1/tasks?filter=status:dnoe'
call 422 POST /api/v1/tasks -d '{"title":""}'
call 400 POST /api/v1/tasks -d '{"title":'
CONTENT_TYPE=text/plain call 415 POST /api/v1/tasks -d '{}'
call 404 POST /api/v1/tasks/bulk -d '{"verb":"done","ids":[99]}'
call 404 GET /api/v1/tasks/99
call 412 PATCH /api/v1/tasks/1 -H 'If-Match: "1"' -d '{"points":5}'
call 412 PATCH /api/v1/tasks/1 -H 'If-Match: "1-0123456789abcdef-0123456789abcdef"' -d '{"points":5}'
call 422 PATCH /api/v1/tasks/1 -H 'If-None-Match: *' -d '{"points":5}'
call 409 PATCH /api/v1/tasks/1 -d '{"add_blocked_by":[2]}'
for verb in start block review 'done' drop reopen; do call 404 POST "/api/v1/tasks/99/$verb"; done
for verb in claim renew release; do call 404 POST "/api/v1/tasks/99/$verb"; done
call 404 POST /api/v1/tasks/claim -d '{"filter":"label:nobody"}'
call 409 POST /api/v1/tasks/1/renew
call 404 DELETE /api/v1/tasks/99
call 404 GET /api/v1/tasks/99/comments
call 422 POST /api/v1/tasks/1/comments -d '{"text":""}'
call 404 GET /api/v1/tasks/99/log
call 422 GET '/api/v1/sprints?state=going'
call 409 POST /api/v1/sprints -d '{"name":"Sprint 12","project":"web"}'
call 404 GET /api/v1/sprints/current
call 404 GET /api/v1/sprints/nowhere/progress
call 404 PATCH /api/v1/sprints/nowhere -d '{"goal":"x"}'
call 404 DELETE /api/v1/sprints/nowhere
call 409 POST /api/v1/sprints/prev/start
call 404 POST /api/v1/sprints/nowhere/close
call 409 POST /api/v1/sprints/prev/cancel
call 409 POST /api/v1/projects -d '{"key":"web"}'
call 404 GET /api/v1/projects/nowhere
call 404 PATCH /api/v1/projects/nowhere -d '{"name":"x"}'
call 409 DELETE /api/v1/projects/web
call 422 POST /api/v1/hooks -d '{"on":"task.updatd","run":"true"}'
for target in '' /dead; do call 404 GET "/api/v1/hooks/99$target"; done
call 404 DELETE /api/v1/hooks/99
for verb in pause resume retry; do call 404 POST "/api/v1/hooks/99/$verb"; done
call 410 GET '/api/v1/events?since=1-0000000000000000'
call 410 GET '/api/v1/tasks?min_rev=1-0000000000000000'
call 412 GET '/api/v1/tasks?min_rev=1000000'
call 426 GET /api/v1/ws
call 426 GET /ws
call 406 GET /events -H 'Accept: image/png'
call 422 GET '/api/v1/complete?kind=planets'
CONTENT_TYPE=application/x-ndjson call 404 POST /api/v1/batch --data-binary '{"verb":"task done","id":99}'
call 404 POST /api/v1/undo -d '{"rev":1000000}'
call 409 POST /api/v1/undo -d '{"rev":1}'
call 422 GET '/api/v1/undo?limit=0'
CONTENT_TYPE=application/x-ndjson call 422 POST /api/v1/import --data-binary '{"title":1}'
call 422 POST /api/v1/backup -d '{"path":"not/absolute"}'
for target in /api/v1/labels /api/v1/projects /api/v1/export /api/v1/health /api/v1/subscribers /api/v1/hooks \
  /api/v1/hooks/dead /metrics /openapi.json; do
  call 422 GET "$target?unknown=1"
done
call 422 POST '/api/v1/shutdown?unknown=1'

# --- and the end
call 202 POST /api/v1/shutdown
node "$checks/validate.mjs" openapi.json <answers.ndjson || fail "answers are not as described"
