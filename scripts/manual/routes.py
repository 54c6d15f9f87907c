"""The routes of /openapi.json as a table of Markdown, and as mdoc(7)."""

from manual.mdoc import argument, plain

_METHODS = ("get", "post", "patch", "delete")


def operations(document):
    for path, methods in document["paths"].items():
        for method in _METHODS:
            if method in methods:
                yield method.upper(), path, methods[method]


def _schema(content, media):
    """The name of the schema, else the media type."""
    reference = content.get("schema", {}).get("$ref")
    return reference.rsplit("/", 1)[-1] if reference else media


def _kind(operation):
    """What success answers."""
    for status, answer in operation["responses"].items():
        if not status.startswith("2"):
            continue
        for media, content in answer.get("content", {}).items():
            return _schema(content, media)
    return ""


def _body(operation):
    for media, content in operation.get("requestBody", {}).get("content", {}).items():
        return _schema(content, media)
    return ""


def markdown_table(document):
    lines = ["| route | does | body | answers |", "| --- | --- | --- | --- |"]
    for method, path, operation in operations(document):
        cells = [f"`{method} {path}`", operation["summary"], _body(operation), _kind(operation)]
        lines.append("| " + " | ".join(f"`{c}`" if c and i > 1 else c for i, c in enumerate(cells)) + " |")
    return lines


def mdoc_list(document):
    out = [".Bl -tag -width Ds"]
    for method, path, operation in operations(document):
        out.append(f".It Cm {method} {argument(path)}")
        says = [operation["summary"] + "."]
        if body := _body(operation):
            says.append(f"Takes `{body}`.")
        if kind := _kind(operation):
            says.append(f"Answers `{kind}`.")
        out.append(plain(" ".join(says)))
        query = [each for each in operation.get("parameters", []) if each.get("in") == "query"]
        if query:
            out.append(".Bl -tag -width Ds -compact")
            for each in query:
                out += [f".It Ar {argument(each['name'])}", plain(each["description"])]
            out.append(".El")
    return [*out, ".El"]
