"""The Markdown of docs/ as mdoc(7): headings, paragraphs, lists, tables, literal blocks, `code`."""

import re

# What a line of mdoc would read as a macro when it stands as an argument.
_MACRO = re.compile(r"^(?:[A-Z][a-z]{1,2}|[A-Z]{2}|%[A-Z])$|^[.,:;()\[\]?!|]$")

# Where the pages of docs/ are in the manuals.
_PLACES = {"filters.md": "FILTERS in taskman(1)", "feed.md": "THE CHANGE FEED, below,", "errors.md": "PROBLEMS, below,"}


def argument(word):
    """A word as an argument of a macro, where a quotation mark would begin one of several words."""
    word = escape(word, code=True).replace('"', "\\(dq")
    return "\\&" + word if _MACRO.match(word) else word


# Typewriter characters that roff would make typographic ones of, which no shell and no search knows.
_TYPED = {"'": "\\(aq", "`": "\\(ga", "^": "\\(ha", "~": "\\(ti"}


def escape(text, code=False):
    """Text outside of macros. In code, and before a flag, a hyphen stays one that can be copied."""
    text = "".join(_TYPED.get(each, each) for each in text.replace("\\", "\\e"))
    return text.replace("-", "\\-") if code else re.sub(r"(?<!\w)-|-(?=-)", r"\\-", text)


def line(text):
    """A line of text that is no request, whatever it begins with."""
    return "\\&" + text if text.startswith((".", "'")) else text


def _marked(text):
    """*emphasis* and [links](to), which Markdown has."""
    text = re.sub(r"\[([^\]]+)\]\(([^)]*)\)", lambda m: _PLACES.get(m.group(2), m.group(1)), text)
    text = re.sub(r"\*\*([^*]+)\*\*", r"\\fB\1\\fP", escape(text))
    return re.sub(r"(?<!\w)\*(?=\S)([^*]+)(?<=\S)\*(?!\w)", r"\\fI\1\\fP", text)


def inline(text, words=_marked):
    """One paragraph of Markdown with its `code`; a sentence begins a line, as mdoc wants it."""
    done = []
    for part in re.split(r"(`[^`]+`)", text):
        is_code = len(part) > 1 and part.startswith("`") and part.endswith("`")
        done.append("\\fB" + escape(part[1:-1], code=True) + "\\fP" if is_code else words(part))
    return "\n".join(line(each) for each in re.sub(r"([.?!]\)?) +", r"\1\n", "".join(done)).split("\n"))


def plain(text):
    """The same of what a program says: nothing is markup in it but `code`; an asterisk is one."""
    return inline(text, escape)


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
