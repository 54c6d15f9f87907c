# shellcheck shell=bash
# The whole command table, without a terminal and with stdin closed: every command answers with a document of its
# schema or with an error, in every shape it can be asked for, and ends (tests/e2e/every_command.py).

checks=$E2E_SOURCE/tests/openapi
[ -d "$checks/node_modules" ] || fail "no validator: run tests/openapi/install"

"$E2E_SOURCE/tests/e2e/every_command.py" "$PWD/w" documents.ndjson || fail "some commands are not as they should be"
taskman schema >schemas.json
node "$checks/documents.mjs" schemas.json <documents.ndjson || fail "some documents are not of their schema"
