"""Whether a manual page, as it is read, has every character of what it was made from."""

import re
import subprocess

# A terminal gets these as other characters, unless they are written as roff wants them (mdoc.escape).
_UNTYPED = re.compile(r"['`^~]")


def squeezed(text):
    """Without what a page lays out anew: space, and the capitals of headings and sentences."""
    return re.sub(r"\s+", "", text).lower()


def shown(page):
    text = subprocess.run(["mandoc", "-T", "utf8"], input=page, check=True, capture_output=True, text=True).stdout
    return squeezed(re.sub(".\b", "", text))


def lost(page, texts):
    """What of `texts` a reader of the page does not find; and its lines that a terminal would not show as they are."""
    text = shown(page)
    missing = [each for each in texts if squeezed(each.replace("`", "")) not in text]
    return missing + [line for line in page.splitlines() if not line.startswith('.\\"') and _UNTYPED.search(line)]


def of_commands(dump):
    """What the command table says."""
    for command in dump["commands"]:
        yield from (command["summary"], command["description"] or "")
        yield from (each["help"] for each in command["args"] + command["flags"])
        for example in command["examples"]:
            yield from (example["line"], example["says"] or "")
    yield from (each["help"] for each in dump["shared_flags"])
    yield from (each["summary"] for each in dump["topics"])


def of_routes(operations):
    for _, path, operation in operations:
        yield from (path, operation["summary"])
        yield from (each["description"] for each in operation.get("parameters", []) if each.get("in") == "query")


def of_code(markdown):
    """The code of a page of docs/: in a line, and in blocks."""
    for at, part in enumerate(re.split(r"^```.*\n", markdown, flags=re.M)):
        if at % 2:
            yield from part.splitlines()
        else:
            yield from re.findall(r"`([^`\n]+)`", re.sub(r"<!--.*?-->", "", part, flags=re.S))
