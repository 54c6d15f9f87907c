"""The Markdown of docs/ as mdoc(7): headings, paragraphs, lists, tables, literal blocks, `code`."""

import re

# What a line of mdoc would read as a macro when it stands as an argument.
_MACRO = re.compile(r"^(?:[A-Z][a-z]{1,2}|[A-Z]{2}|%[A-Z])$|^[.,:;()\[\]?!|]$")

# Where the pages of docs/ are in the manuals.
_PLACES = {"filters.md": "FILTERS in taskman(1)", "feed.md": "THE CHANGE FEED, below,", "errors.md": "PROBLEMS, below,"}


def argument(word):
    """A word as an argument of a macro."""
    word = escape(word, code=True)
    return "\\&" + word if _MACRO.match(word) else word


def escape(text, code=False):
    """Text outside of macros. In code a hyphen stays one that can be copied."""
    text = text.replace("\\", "\\e")
    return text.replace("-", "\\-") if code else text


def line(text):
    """A line of text that is no request, whatever it begins with."""
    return "\\&" + text if text.startswith((".", "'")) else text


def inline(text):
    """`code`, *emphasis* and [links](to) of one paragraph; a sentence begins a line, as mdoc wants it."""
    parts = re.split(r"(`[^`]+`)", text)
    done = []
    for part in parts:
        if part.startswith("`") and part.endswith("`") and len(part) > 1:
            done.append("\\fB" + escape(part[1:-1], code=True) + "\\fP")
            continue
        part = re.sub(r"\[([^\]]+)\]\(([^)]*)\)", lambda m: _PLACES.get(m.group(2), m.group(1)), part)
        part = escape(part)
        part = re.sub(r"\*\*([^*]+)\*\*", r"\\fB\1\\fP", part)
        done.append(re.sub(r"(?<!\w)\*([^*]+)\*(?!\w)", r"\\fI\1\\fP", part))
    return "\n".join(line(each) for each in re.sub(r"([.?!]\)?) +", r"\1\n", "".join(done)).split("\n"))


def literal(lines):
    return [".Bd -literal -offset indent", *(line(escape(each, code=True)) for each in lines), ".Ed"]


def cells_of(row):
    """The cells of `| a | b |`; a bar in code is none of the table's."""
    return [cell.strip() for cell in re.findall(r"((?:`[^`]*`|[^|`])+)\|", row.strip().lstrip("|"))]


def table(rows):
    """The first cell names, the meaning says; of the others the heading is said as well."""
    heads = cells_of(rows[0])
    main = heads.index("meaning") if "meaning" in heads else 1
    out = [".Bl -tag -width Ds -compact"]
    for row in rows[2:]:
        cells = cells_of(row)
        names = " ".join(argument(word) for word in cells[0].replace("`", "").split())
        said = [cells[main]] if cells[main] else []
        said += [f"{head}{':' if cell in ('yes', 'no') else ''} {cell}"
                 for at, (head, cell) in enumerate(zip(heads, cells)) if at not in (0, main) and cell]
        out += [".It Cm " + names, inline("; ".join(said))]
    return [*out, ".El"]


def references(names):
    """`taskman(1), taskmand(8)`"""
    found = re.findall(r"([\w-]+)\((\d)\)", names)
    return [f".Xr {name} {section}" + (" ," if at + 1 < len(found) else "") for at, (name, section) in enumerate(found)]


def bullets(items):
    out = [".Bl -bullet -compact"]
    for item in items:
        out += [".It", inline(item)]
    return [*out, ".El"]


def numbered(items):
    out = [".Bl -enum -compact"]
    for item in items:
        out += [".It", inline(item)]
    return [*out, ".El"]


def _list_items(lines):
    """The items of a list, each with the lines that go on below it."""
    items = []
    for each in lines:
        if match := re.match(r"(?:-|\d+\.) +(.*)", each):
            items.append(match.group(1))
        else:
            items[-1] += " " + each.strip()
    return items


def _fence(lines, at):
    end = lines.index("```", at + 1)
    return literal(lines[at + 1 : end]), end + 1


def _block(lines):
    """One block without empty lines."""
    first = lines[0]
    if first.startswith("|"):
        return table(lines)
    if first.startswith("- "):
        return bullets(_list_items(lines))
    if re.match(r"\d+\. ", first):
        return numbered(_list_items(lines))
    if first.startswith("    "):
        return literal([each[4:] for each in lines])
    text = " ".join(each.strip() for each in lines)
    return references(text) if re.fullmatch(r"([\w-]+\(\d\)(, )?)+", text) else [inline(text)]


def convert(text, directives=None, headings=(".Sh", ".Ss")):
    """The page as lines of mdoc. `<!-- name … -->` is what directives[name] makes of it; `headings` are
    the macros of `##` and `###`; the title is left out."""
    lines = text.split("\n")
    out, at = [], 0
    while at < len(lines):
        here = lines[at]
        if not here.strip() or here.startswith("# "):
            at += 1
        elif here.startswith("#"):
            level = min(len(here) - len(here.lstrip("#")), 3) - 2
            out.append(f"{headings[level]} {heading(here.lstrip('# '), headings[level])}")
            at += 1
        elif here.startswith("<!--"):
            word, *rest = here.strip("<!->").split()
            if word in (directives or {}):
                out += directives[word](*rest)
                if "<!-- /" + word + " -->" in lines[at:]:
                    at = lines.index("<!-- /" + word + " -->", at)
            at += 1
        elif here.startswith("```"):
            made, at = _fence(lines, at)
            out += made
        else:
            end = at
            while end < len(lines) and lines[end].strip() and not lines[end].startswith(("```", "<!--")):
                end += 1
            block = _block(lines[at:end])
            out += [*separator(out, block), *block]
            at = end
    return out


def heading(text, macro):
    text = text.replace("`", "")
    return " ".join(argument(word) for word in (text.upper() if macro == ".Sh" else text).split())


def separator(out, block):
    """A new paragraph, but not behind a heading, nor before what begins one itself."""
    begun = not out or out[-1].startswith((".Sh", ".Ss", ".Pp", ".It"))
    return [] if begun or block[0].startswith(".Bd") else [".Pp"]
