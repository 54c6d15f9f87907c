// node validate.mjs OPENAPI.json < ANSWERS.ndjson
//
// Checks real answers against the document that describes them. A line is
//   {"method": "get", "target": "/api/v1/tasks/1?x=y", "status": 200, "type": "application/json", "body": …}
// Says each disagreement on stderr, and each operation without a success or without a refusal among the
// answers; exits 1 if there is any.
import {readFileSync} from 'node:fs';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const kDocument = 'taskman:openapi';
const methods = new Set(['get', 'put', 'post', 'delete', 'patch', 'head', 'options']);

const document = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const ajv = new Ajv2020({strict: false, allErrors: true});
addFormats(ajv);
ajv.addSchema({$id: kDocument, ...document});

const escape = (part) => part.replaceAll('~', '~0').replaceAll('/', '~1');
const pointer = (parts) => '#/' + parts.map(String).map(escape).map(encodeURIComponent).join('/');

/** A $ref of the document to the place it names, until there is none. */
function follow(parts) {
  let node = document;
  for (const part of parts) node = node?.[part];
  if (node?.$ref === undefined) return {node, parts};
  return follow(node.$ref.slice(2).split('/').map(
      (part) => decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~')));
}

/** The described path that fits; one without parameters wins over one with. */
function describedPath(target) {
  const path = target.split('?')[0];
  const fits = (template) => new RegExp(
      '^' + template.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]+\}/g, '[^/]+') + '$').test(path);
  return Object.keys(document.paths).filter(fits).sort((a, b) => a.split('{').length - b.split('{').length)[0];
}

function problemsOf({method, target, status, type, body}) {
  const path = describedPath(target);
  if (path === undefined) return ['the path is not described'];
  const verb = method.toLowerCase();
  const operation = document.paths[path][verb];
  if (!methods.has(verb) || operation === undefined) return ['the method is not described'];
  const key = [String(status), String(status)[0] + 'XX', 'default'].find((k) => operation.responses[k]);
  if (key === undefined) return ['the status is not described'];
  const response = follow(['paths', path, verb, 'responses', key]);
  const content = response.node.content;
  if (content === undefined) return body == null || body === '' ? [] : ['a body is not described'];
  const media = (type ?? '').split(';')[0].trim();
  if (content[media] === undefined) return [`the media type ${media} is not described`];
  if (!/[/+]json$/.test(media) || content[media].schema === undefined) return [];
  const check = ajv.getSchema(kDocument + pointer([...response.parts, 'content', media, 'schema']));
  if (check(body)) return [];
  return check.errors.map((e) => `${e.instancePath || '/'} ${e.message} ${JSON.stringify(e.params)}`);
}

/**
 * Operations, each with what is missing: `GET /metrics: no success`. What answers 101 is another protocol from there on.
 */
function unseen(answers) {
  const seen = new Set(answers.map(({method, target, status}) =>
      `${method.toUpperCase()} ${describedPath(target)} ${status < 400 ? 'success' : 'refusal'}`));
  return Object.entries(document.paths).flatMap(([path, item]) => Object.keys(item)
      .filter((verb) => methods.has(verb))
      .flatMap((verb) => (item[verb].responses['101'] ? ['refusal'] : ['success', 'refusal'])
          .filter((kind) => !seen.has(`${verb.toUpperCase()} ${path} ${kind}`))
          .map((kind) => `${verb.toUpperCase()} ${path}: no ${kind} among the answers`)));
}

const answers = readFileSync(0, 'utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line));
const problems = answers.flatMap((answer) => problemsOf(answer).map(
    (problem) => `${answer.method} ${answer.target} ${answer.status}: ${problem}`));
problems.push(...unseen(answers));
for (const problem of problems) console.error(problem);
console.log(`${answers.length} answers checked`);
process.exit(problems.length === 0 ? 0 : 1);
