#!/usr/bin/env python3
"""Runs a job of a page as its CI would: ci_job.py github|gitlab PAGE, in the working folder.

The steps of the page's one YAML block that are for the shell, word by word, with the shell and the flags
that the CI uses. Ends with 1 when a step fails. What a job says that is not known here is refused: nobody
would notice that it is not tested.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import yaml


def job_of(page, is_wanted):
    blocks = re.findall(r"^```yaml\n(.*?)^```$", Path(page).read_text(encoding="utf-8"), re.M | re.S)
    documents = [document for document in map(yaml.safe_load, blocks) if is_wanted(document)]
    if len(documents) != 1:
        raise SystemExit(f"{page}: {len(documents)} jobs of this kind")
    return documents[0]


def only(thing, known):
    if unknown := set(thing) - set(known):
        raise SystemExit(f"not known to this runner: {sorted(map(str, unknown))}")
    return thing


def shell(text, environment, *flags):
    sys.stdout.flush()
    return subprocess.run(["bash", *flags, "-c", text], env={**os.environ, **environment}, check=False,
                          stdin=subprocess.DEVNULL).returncode == 0


def github(page):
    workflow = only(job_of(page, lambda document: "jobs" in document), ["name", True, "defaults", "jobs"])
    if workflow["defaults"] != {"run": {"shell": "bash"}}:
        raise SystemExit("the flags of the shell are those of `shell: bash`")
    (job,) = workflow["jobs"].values()
    only(job, ["runs-on", "env", "steps"])
    good = True
    for step in job["steps"]:
        only(step, ["name", "if", "run", "uses", "with"])
        if "uses" in step or not (good or step.get("if") == "always()"):
            continue
        if "${{" in step["run"]:
            raise SystemExit("expressions are not known to this runner")
        worked = shell(step["run"], job["env"], "--noprofile", "--norc", "-eo", "pipefail")
        good = good and worked
    return good


def gitlab(page):
    (job,) = job_of(page, lambda document: "jobs" not in document).values()
    only(job, ["image", "variables", "script", "after_script", "artifacts"])
    environment = {name: os.path.expandvars(value) for name, value in job["variables"].items()}
    good = shell("\n".join(job["script"]), environment, "-eo", "pipefail")
    shell("\n".join(job["after_script"]), environment, "-eo", "pipefail")  # fails nothing
    return good and all(Path(path).exists() for path in job["artifacts"]["paths"])


if __name__ == "__main__":
    sys.exit(0 if {"github": github, "gitlab": gitlab}[sys.argv[1]](sys.argv[2]) else 1)
