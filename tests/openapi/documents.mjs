// node documents.mjs SCHEMAS.json < DOCUMENTS.ndjson
//
// Checks documents against the schemas `taskman schema` prints. A line is
//   {"what": "taskman task list --json", "schema": "task.list", "document": …}
// or its schema is the schema itself, as `taskman schema KIND FIELDS` prints it.
// Says each disagreement on stderr; exits 1 if there is any, and when there was nothing to check.
import {readFileSync} from 'node:fs';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const schemas = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const ajv = new Ajv2020({strict: false, allErrors: true});
addFormats(ajv);
ajv.addSchema(schemas);

function checkOf(schema) {
  if (typeof schema === 'object') return ajv.getSchema(schema.$id) ?? ajv.compile(schema);
  return schemas.$defs[schema] && ajv.getSchema(`${schemas.$id}#/$defs/${schema}`);
}

function problemsOf({what, schema, document}) {
  const check = checkOf(schema);
  if (check === undefined) return [`${what}: there is no schema ${schema}`];
  if (check(document)) return [];
  return check.errors.map((e) => `${what}: ${schema.$id ?? schema}: ${e.instancePath || '/'} ${e.message} ${JSON.stringify(e.params)}`);
}

const documents = readFileSync(0, 'utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line));
const problems = documents.flatMap(problemsOf);
for (const problem of problems) console.error(problem);
console.log(`${documents.length} documents checked`);
process.exit(problems.length === 0 && documents.length > 0 ? 0 : 1);
