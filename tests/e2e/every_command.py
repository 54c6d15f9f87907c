#!/usr/bin/env python3
"""Runs every command of `taskman --dump-commands`, with no terminal and stdin closed, and checks what comes out.

every_command.py FOLDER DOCUMENTS    works in FOLDER; every document it saw goes to DOCUMENTS, for a validator

Each command has a store, a home and a daemon of its own, and is run without arguments and, by what the table says
of its arguments, with them: as --json, --csv, --format, --fields and -q, and with a field that does not exist. A new
command is run as any other; what the table does not tell about it stands in MORE, below. What --fields left comes with
the schema that `taskman schema KIND FIELDS` has for it.
"""

import csv
import functools
import io
import json
import os
import re
import selectors
import shutil
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

LIMIT = 20  # seconds a command may take; each needs some milliseconds, on a machine that has them
SOURCE = Path(os.environ["E2E_SOURCE"])
SLOTS = 8   # of things to act on: a run changes other things than the run before it

# What is typed for an argument, by what completes it; {n} is the slot.
VALUES = {
    "task": ["{n}"],
    "sprint": ["S{n}"],
    "project": ["p{n}"],
    "filter": ["is:open"],
    "watched": ["task", "{n}"],
    "awaited": ["task", "{n}"],
    "setting": ["timeout"],
    "setting_value": ["9s"],
    "hook": ["{n}"],
    "schema": ["task.list"],
    "schema_field": ["id,title"],
    "file": ["file{n}"],
}
# The same by its name, for what nothing completes.
NAMED = {
    "TITLE": "Title {n}",
    "TEXT": "text",
    "NAME": "name{n}",
    "KEY": "key{n}",
    "BRANCH": "{n}-branch",
    "REV": "{labelled}",
}
# The revision of seed_of() after which those come that label task 1, 2, …
LABELLED = 3
HOOK = ["hooks", "add", "--on", "sprint.deleted", "--run", "true"]
REPOSITORY = """git init -q . && git config user.name ann && git config user.email ann@example.com &&
                git commit -q --allow-empty -m one"""
# What a command needs besides its arguments to succeed. flags: to be added; before: commands to be run first, in
# every slot; shell: the same once; file: what stands in the file that it reads; answers: exit codes with which it
# answers, besides 0; content: of --csv is its own, not a table of fields; quiet: so is that of -q.
MORE = {
    "task edit": {"flags": ["--title", "New"]},
    "task dep": {"flags": ["--on", "1{n}"]},
    "task reopen": {"before": [["task", "done", "{n}"]]},
    "lease renew": {"before": [["task", "claim", "{n}"]]},
    "run": {"flags": ["--claim", "--dry-run"]},
    "task why": {"quiet": "the ids it waits for"},
    "sprint edit": {"flags": ["--goal", "new"]},
    "sprint close": {"before": [["sprint", "start", "S{n}"]]},
    "project edit": {"flags": ["--name", "new"]},
    "project delete": {"flags": ["--detach"]},
    "watch": {"flags": ["--since", "{cursor}"]},
    "wait": {"flags": ["--for", "exists"]},
    "daemon status": {"before": [["daemon", "start"]], "answers": [5]},
    "daemon logs": {"before": [["daemon", "start"]]},
    "redo": {"before": [["undo", "{labelled}"]]},
    "batch": {"file": '{"verb":"task add","title":"x"}\n'},
    "import": {"flags": ["--from", "csv"], "file": "title\nx\n"},
    "restore": {"file": "{seed}"},
    "export": {"content": True},
    "hooks add": {"flags": HOOK[2:]},
    **{f"hooks {verb}": {"before": [HOOK]} for verb in ("show", "delete", "pause", "resume", "dead", "retry")},
    **{f"git {verb}": {"shell": REPOSITORY} for verb in ("install", "uninstall")},
    "git hook": {"shell": REPOSITORY, "file": "one\n\nRefs: #1\n"},
}

TASKMAN = shutil.which("taskman")


class Wrong(Exception):
    """Something that is not as it should be; says of what."""


def check(holds, what):
    if not holds:
        raise Wrong(what)


def name_of(command):
    return f"{command['noun']} {command['verb']}".strip()


class World:
    """A home with a store of its own. As a context it ends its daemon."""

    def __init__(self, folder, seed=None):
        self.folder = folder
        (folder / "run").mkdir(parents=True)
        (folder / "run").chmod(0o700)
        if seed:
            shutil.copy(seed, folder / "t.db")
        self.environment = {
            **{name: os.environ[name] for name in ("PATH", "LANG", "TZ", "TMPDIR", "E2E_FOLDER")},
            **{name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")},
            "HOME": str(folder), "XDG_RUNTIME_DIR": str(folder / "run"), "TASKMAN_DB": str(folder / "t.db")}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.run(["daemon", "stop"])

    def shell(self, line):
        subprocess.run(["sh", "-c", line], cwd=self.folder, env=self.environment, check=True, timeout=LIMIT)

    def start(self, words):
        return subprocess.Popen(
            ["sh", "-c", 'exec "$@" <&-', "sh", TASKMAN, *words], cwd=self.folder, env=self.environment,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)

    def run(self, words):
        """Exit code, stdout, stderr."""
        process = self.start(words)
        try:
            out, err = process.communicate(timeout=LIMIT)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            raise Wrong(f"did not end within {LIMIT} s") from None
        return process.returncode, out.decode(), err.decode()

    def run_stream(self, words, until):
        """The same of what may never end: it is told to once it has printed, or said a line that holds `until`."""
        process = self.start([*words, "-v"])
        streams = {process.stdout: b"", process.stderr: b""}
        with selectors.DefaultSelector() as selector:
            for stream in streams:
                selector.register(stream, selectors.EVENT_READ)
            wait = LIMIT
            while selector.get_map():
                ready = selector.select(wait)
                if not ready:
                    check(wait < LIMIT, f"printed nothing within {LIMIT} s: {streams[process.stderr].decode()}")
                    process.send_signal(signal.SIGINT)
                    wait = LIMIT
                for key, _ in ready:
                    piece = os.read(key.fd, 1 << 16)
                    streams[key.fileobj] += piece
                    if not piece:
                        selector.unregister(key.fileobj)
                if b"\n" in streams[process.stdout] or (until and until in streams[process.stderr]):
                    wait = 0.2  # then it is one that does not end by itself
        code = process.wait(LIMIT)
        out, err = streams[process.stdout].decode(), streams[process.stderr].decode()
        return (130 if code == -signal.SIGINT else code), out, err


def seed_of(folder):
    """A store that has SLOTS of everything: its backup, and a cursor before its last changes."""
    lines = []
    for n in range(1, SLOTS + 1):
        lines += [{"verb": "project add", "key": f"p{n}"}, {"verb": "sprint add", "name": f"S{n}", "project": f"p{n}"}]
    lines += [{"verb": "task add", "title": f"Task {n}"} for n in range(1, 20)]
    with World(folder) as world:
        (folder / "ops").write_text("".join(json.dumps(line) + "\n" for line in lines))
        for words in ["batch ops", "task comment 1 text", "task edit 1 --points 3", "backup seed.db",
                      *(f"task edit {n} --label api" for n in range(1, SLOTS + 1)), "backup seed.db --force"]:
            code, _, err = world.run(words.split())
            check(code == 0, f"taskman {words}: {err}")
        cursors = world.run(["events", "-q"])[1].split()
    return folder / "seed.db", cursors[2]


def values_of(command, arg):
    if arg["complete"] == "choice":
        return [arg["choices"][0]]
    if arg["complete"] in VALUES:
        return VALUES[arg["complete"]]
    check(arg["complete"] == "nothing", f"{name_of(command)}: a {arg['complete']} is not known here: say in VALUES of "
          "tests/e2e/every_command.py what is typed for it")
    check(arg["name"] in NAMED, f"{name_of(command)}: nothing is known of {arg['name']}: say in NAMED of "
          "tests/e2e/every_command.py what is typed for it")
    return [NAMED[arg["name"]]]


class Trial:
    """One command through all its runs."""

    def __init__(self, command, seed, cursor, tables):
        self.command = command
        self.name = name_of(command)
        self.more = MORE.get(self.name, {})
        self.seed, self.cursor, self.tables = seed, cursor, tables
        self.documents = []
        self.runs = 0
        self.has_id = False
        self.fields = command["answers"][0]["fields"] if command["answers"] else []
        self.picked = ",".join(dict.fromkeys(self.fields[::max(len(self.fields) - 1, 1)]))  # the first and the last

    def filled(self, words, slot):
        values = {"{n}": str(slot), "{cursor}": self.cursor, "{labelled}": str(LABELLED + slot)}
        for name, value in values.items():
            words = [word.replace(name, value) for word in words]
        return words

    def words(self, slot):
        behind = [word for arg in self.command["args"] if arg["arity"] == "behind" for word in values_of(self.command, arg)]
        words = [word for arg in self.command["args"] if arg["arity"] != "behind" for word in values_of(self.command, arg)]
        if any(flag["name"] == "yes" for flag in self.command["flags"]):
            words.append("--yes")
        return self.filled([*self.name.split(), *words, *self.more.get("flags", [])], slot), self.filled(behind, slot)

    def prepare(self, world, slot):
        for words in self.more.get("before", []):
            code, _, err = world.run(self.filled(words, slot))
            check(code == 0, f"before it, taskman {' '.join(words)}: {err}")
        if "file" in self.more:
            target = world.folder / f"file{slot}"
            if self.more["file"] == "{seed}":
                shutil.copy(self.seed, target)
            else:
                target.write_text(self.more["file"])

    def run(self, world, words, has_arguments):
        self.what = "taskman " + " ".join(words)
        self.runs += 1
        if self.command["output"] != "stream":
            return world.run(words)
        return world.run_stream(words, None if has_arguments else b"following")

    # --- what may come out

    def keep(self, schema, document, fields=None):
        self.documents.append({"what": self.what, "schema": schema, "fields": fields, "document": document})

    def check_error(self, err):
        lines = err.strip().splitlines()
        check(lines, "failed and said nothing")
        try:
            self.keep("Error", json.loads(lines[-1]))
        except ValueError:
            raise Wrong(f"said no error document: {err}") from None

    def check_document(self, text):
        try:
            document = json.loads(text)
        except ValueError as failure:
            raise Wrong(f"stdout is no JSON document ({failure}): {text[:200]}") from None
        check(document["kind"] in self.tables["kinds"], f"taskman schema does not know the kind {document['kind']}")
        self.keep(document["kind"], document)
        data = document["data"]
        self.has_id = any(isinstance(each, dict) and each.get(self.command["answers"][0]["id"]) is not None
                          for each in (data if isinstance(data, list) else [data]))

    def thing(self):
        """What a line of its stream is."""
        things = [name for name, schema in self.tables["schemas"].items()
                  if list(schema["properties"]) == self.fields]
        check(len(things) == 1, f"its fields are those of {things}, not of one schema")
        return things[0]

    def check_lines(self, text):
        check(text == "" or text.endswith("\n"), f"a line is cut: {text[-100:]}")
        for line in text.splitlines():
            self.keep(self.thing(), json.loads(line))

    def check_json(self, code, out, err):
        check(code in self.tables["codes"], f"exit code {code} is in no manual: {err}")
        if self.command["output"] == "stream" and code in (0, 130):
            self.check_lines(out)
        elif code in (0, *self.more.get("answers", [])):
            self.check_document(out)
        else:
            check(out == "", f"exit {code}, and printed {out[:200]}")
            self.check_error(err)

    def check_csv(self, out):
        check(out.endswith("\r\n"), f"no row: {out[:100]}")
        rows = list(csv.reader(io.StringIO(out, newline=""), strict=True))
        check(all(len(row) == len(rows[0]) for row in rows), f"rows are not as long as their head: {out[:300]}")
        if not self.more.get("content"):
            check(set(rows[0]) <= set(self.fields), f"no fields: {rows[0]}")

    def check_format(self, out):
        check(re.fullmatch(r"(<.*\|.*>\n)*", out, re.S), f"not as --format says: {out[:200]}")

    def check_fields(self, out):
        """What is left of records, wherever in the document they are: `taskman schema KIND FIELDS` tells."""
        for line in out.splitlines():
            document = json.loads(line)
            schema = self.thing() if self.command["output"] == "stream" else document["kind"]
            self.keep(schema, document, self.picked)

    def check_quiet(self, out):
        check(out or not self.has_id or "quiet" in self.more, "printed no id")
        check(all(line and "\t" not in line for line in out.splitlines()), f"not an id a line: {out[:200]}")

    def check_refusal(self, code, out, err):
        check(code == 2 and out == "", f"exit {code}, stdout {out[:100]}, for an unknown field")
        self.check_error(err)
        error = json.loads(err.splitlines()[-1])["error"]
        check("no_such_field" in error["message"] and "known: " in error["hint"], f"does not say what is known: {error}")

    # --- the runs

    def bare(self, world):
        code, out, err = self.run(world, [*self.name.split(), "--json"], False)
        self.check_json(code, out, err)
        needed = any(arg["arity"] in ("one", "some", "behind") for arg in self.command["args"])
        if needed or self.command["output"] == "none":
            check(code == 2, f"exit {code} where arguments are missing")

    def whole(self, world):
        shapes = [
            (["--json", "--fields", "no_such_field"], self.check_refusal),
            (["--json"], self.check_json),
            (["--csv"], lambda code, out, err: self.check_csv(out)),
            (["--format", "<{%s}|{%s}>" % (self.fields[0], self.fields[-1])], lambda code, out, err: self.check_format(out)),
            (["--json", "--fields", self.picked], lambda code, out, err: self.check_fields(out)),
            (["-q"], lambda code, out, err: self.check_quiet(out)),
        ]
        for slot, (shape, look) in enumerate(shapes, 1):
            self.prepare(world, slot)
            words, behind = self.words(slot)
            code, out, err = self.run(world, [*words, *shape, *(["--", *behind] if behind else [])], slot != 1)
            if look != self.check_refusal:
                stopped = self.command["output"] == "stream" and code == 130
                check(code == 0 or stopped, f"exit {code}: {err.strip()}\n  what it needs besides its arguments is said "
                      "in MORE of tests/e2e/every_command.py")
            look(code, out, err)

    def go(self, folder):
        self.what = self.name
        try:
            with World(folder, self.seed) as world:
                self.bare(world)
                if "shell" in self.more:
                    world.shell(self.more["shell"])
                if self.fields:
                    self.whole(world)
                else:
                    check(self.command["output"] == "none", "does not say what it answers with")
        except Wrong as wrong:
            return f"{self.what}: {wrong}"
        shutil.rmtree(folder)
        return None


def tables_of(world):
    schemas = json.loads(world.run(["schema"])[1])["$defs"]
    errors = (SOURCE / "docs/errors.md").read_text(encoding="utf-8")
    codes = {int(row.split("|")[4]) for row in errors.splitlines() if row.startswith("| `")}
    return {"kinds": [name for name in schemas if name[0].islower()],
            "schemas": {name: schema for name, schema in schemas.items() if name[0].isupper()},
            "codes": codes | {0, 130, 143}}


@functools.cache
def picked_schema(world, kind, fields):
    code, out, err = world.run(["schema", kind, fields])
    check(code == 0, f"taskman schema {kind} {fields}: {err}")
    return json.loads(out)


def help_documents(world, dump):
    """Of topics, nouns, the program and a command, however they are asked for."""
    trial = Trial({"noun": "", "verb": "help", "answers": [{"id": "about", "fields": []}], "output": "text"}, None, None, tables_of(world))
    words = [["help", topic["name"]] for topic in dump["topics"]] + [[noun["name"], "--help"] for noun in dump["nouns"]]
    for each in [*words, ["help"], ["--help"], ["help", "task"], ["help", "task", "add"], ["task", "add", "-h"]]:
        trial.what = f"taskman {' '.join(each)} --json"
        code, out, err = world.run([*each, "--json"])
        check(code == 0 and err == "", f"{trial.what}: exit {code}, {err}")
        trial.check_document(out)
    return trial


def main():
    folder, documents = Path(sys.argv[1]), Path(sys.argv[2])
    seed, cursor = seed_of(folder / "seed")
    with World(folder / "tables") as world:
        dump = json.loads(world.run(["--dump-commands"])[1])
        tables = tables_of(world)
        helps = help_documents(world, dump)
    trials = [Trial(command, seed, cursor, tables) for command in dump["commands"]]
    with ThreadPoolExecutor(max_workers=2 * (os.cpu_count() or 1)) as pool:
        wrong = [each for each in pool.map(lambda t: t.go(folder / str(trials.index(t))), trials) if each]
    unknown = set(MORE) - {trial.name for trial in trials}
    wrong += [f"MORE names {name}, which is no command" for name in sorted(unknown)]
    with documents.open("w", encoding="utf-8") as out, World(folder / "picked") as world:
        for document in (each for trial in [*trials, helps] for each in trial.documents):
            if document["fields"]:
                document["schema"] = picked_schema(world, document["schema"], document["fields"])
            out.write(json.dumps(document) + "\n")
    for each in wrong:
        print(each, file=sys.stderr)
    print(f"{len(trials)} commands, {sum(trial.runs for trial in trials)} runs, {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
