"""The command table (`taskman --dump-commands`) as mdoc(7)."""

import re

from manual.mdoc import argument, escape, line, plain


def command_name(command):
    return f"{command['noun']} {command['verb']}".strip()


def _arguments(command):
    words = []
    for arg in command["args"]:
        name = f"Ar {argument(arg['name'])}"
        if arg["arity"] in ("some", "any", "behind"):
            name += " ..."
        if arg["arity"] == "behind":
            name = f"Fl - {name}"
        words.append(f"Op {name}" if arg["arity"] in ("optional", "any") else name)
    return words


def _flag_item(flag):
    item = f".It Fl {flag['letter']} , Fl \\-{argument(flag['name'])}" if flag["letter"] else f".It Fl \\-{argument(flag['name'])}"
    value = flag["value"]
    if value is None:
        return item
    if value.startswith("["):
        return f"{item} Ns Op = Ns Ar {argument(value.strip('[]'))}"
    return f"{item} Ar {argument(value)}"


def _flag_help(flag):
    says = flag["help"]
    if flag["choices"]:
        says += ": " + ", ".join(flag["choices"])
    return says + (" (repeatable)" if flag["repeatable"] else "")


def flag_list(flags):
    if not flags:
        return []
    out = [".Bl -tag -width Ds -compact"]
    for flag in flags:
        out += [_flag_item(flag), plain(_flag_help(flag))]
    return [*out, ".El"]


def _sentence(text):
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", ":", "?")) else ".")


def _argument_list(command):
    helped = [arg for arg in command["args"] if arg["help"]]
    if not helped:
        return []
    out = [".Bl -tag -width Ds -compact"]
    for arg in helped:
        out += [f".It Ar {argument(arg['name'])}", plain(arg["help"])]
    return [*out, ".El"]


def _one(command, shared):
    words = " ".join(argument(word) for word in command_name(command).split())
    out = [" ".join([f".It Cm {words}", *_arguments(command)]), plain(_sentence(command["summary"]))]
    if command["description"]:
        out.append(plain(command["description"]))
    if command["shorthand"]:
        out += ["Shorter:", f".Cm taskman {argument(command['shorthand'])} ."]
    out += [*_argument_list(command), *flag_list(command["flags"])]
    extra = [name for name in command["shared_flags"] if name in shared]
    if extra:
        out.append("Also " + ", ".join(f"\\fB\\-\\-{escape(name, code=True)}\\fP" for name in extra) + ".")
    return out


def command_lists(dump):
    """Every command, by noun."""
    # What has no answer says itself that the flags of answers are not its own.
    everywhere = set.intersection(*(set(each["shared_flags"]) for each in dump["commands"] if each["output"] != "none"))
    some = {flag["name"] for flag in dump["shared_flags"]} - everywhere
    out = []
    for noun in [*dump["nouns"], {"name": "", "summary": "Other commands"}]:
        rows = [each for each in dump["commands"] if each["noun"] == noun["name"]]
        if not rows:
            continue
        title = noun["summary"] if not noun["name"] else re.sub(r"^\w+: ", "", noun["summary"])
        out.append(f".Ss {_heading(noun['name'], title)}")
        out.append(".Bl -tag -width Ds")
        for row in rows:
            out += _one(row, some)
        out.append(".El")
    return out


def _heading(noun, title):
    text = f"{noun}: {title}" if noun else title
    return " ".join(argument(word) for word in text.split())


def shared_flag_list(dump):
    return flag_list(dump["shared_flags"])


def topic_list(dump):
    """What `taskman help` knows besides commands."""
    out = [".Bl -tag -width Ds -compact"]
    for topic in dump["topics"]:
        out += [f".It Cm {argument(topic['name'])}", plain(topic["summary"])]
    return [*out, ".El"]


def example_list(dump):
    """Every example of the table, each once."""
    out = []
    seen = set()
    for command in dump["commands"]:
        for example in command["examples"]:
            if example["line"] in seen:
                continue
            seen.add(example["line"])
            out.append(plain(_sentence(example["says"] or command["summary"])))
            out += [".Bd -literal -offset indent -compact", line(escape(example["line"], code=True)), ".Ed"]
    return out


def daemon_flags(help_text):
    """The flags of `taskmand --help`, which is made from its table."""
    flags = []
    for each in help_text.splitlines():
        if match := re.match(r"  --(\S+)(?: (\S+))? {2,}(.*)$", each):
            name, value, says = match.groups()
            flags.append({"name": name, "value": value, "letter": None, "help": says, "choices": [], "repeatable": False})
    return flag_list(flags)
