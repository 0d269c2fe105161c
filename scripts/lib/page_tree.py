"""Reads pages as a screen reader does: the accessibility tree of a real Chromium, held against rules.

  python3 page_tree.py CHROMIUM PAGE.html... [-- OPTION...]

Speaks the DevTools protocol through pipes, so that nothing but Python is needed. Prints what is wrong, one line each, and
exits with 1 when anything is. `--print` tells the tree instead.
"""

import json
import os
import subprocess
import sys
import tempfile

SILENT = {"none", "generic", "InlineTextBox", "LineBreak", "ignored"}
# Without a name a reader hears "link" or "picture" and nothing else. A group that opens is named by what opens it.
NAMED = {"link", "heading", "img", "image", "figure", "table", "columnheader", "rowheader", "navigation", "button",
         "DisclosureTriangle"}


class Browser:
    """A Chromium that is told what to do through two pipes."""

    def __init__(self, program, profile, options):
        to_browser, self.out = os.pipe()
        self.source, from_browser = os.pipe()

        def keep():
            # The browser reads from 3 and writes to 4; both ends are moved out of the way first.
            first, second = os.dup2(to_browser, 20), os.dup2(from_browser, 21)
            os.dup2(first, 3)
            os.dup2(second, 4)

        self.process = subprocess.Popen(
            [program, "--headless=new", "--disable-gpu", "--remote-debugging-pipe", f"--user-data-dir={profile}",
             "--window-size=1200,900", *options, "about:blank"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=keep,
            close_fds=False)
        os.close(to_browser)
        os.close(from_browser)
        self.rest = b""
        self.count = 0

    def send(self, method, session=None, **parameters):
        self.count += 1
        message = {"id": self.count, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self.out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.receive()
            if answer.get("id") == self.count:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error'].get('message')}")
                return answer["result"]

    def receive(self):
        while b"\0" not in self.rest:
            piece = os.read(self.source, 1 << 16)
            if not piece:
                raise RuntimeError("the browser went away")
            self.rest += piece
        message, self.rest = self.rest.split(b"\0", 1)
        return json.loads(message)

    def tree(self, page):
        """The nodes that are spoken, in order, each with its depth, and where they stand on the page."""
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.send("Page.enable", session)
        self.send("Page.navigate", session, url=f"file://{os.path.abspath(page)}")
        while self.receive().get("method") != "Page.loadEventFired":
            pass
        self.send("Accessibility.enable", session)
        nodes = self.send("Accessibility.getFullAXTree", session)["nodes"]
        found = Tree(nodes)
        for node in found.nodes:
            if node.role in ("heading", "paragraph", "table", "figure") and node.place is not None:
                try:
                    box = self.send("DOM.getBoxModel", session, backendNodeId=node.place)["model"]["border"]
                    node.top = min(box[1::2])
                except RuntimeError:
                    pass  # Folded away.
        self.send("Target.closeTarget", targetId=target)
        return found

    def close(self):
        self.process.terminate()
        self.process.wait(timeout=30)


class Node:
    def __init__(self, raw, depth, parents):
        self.role = raw.get("role", {}).get("value", "")
        self.name = (raw.get("name", {}).get("value") or "").strip()
        self.description = (raw.get("description", {}).get("value") or "").strip()
        properties = {item["name"]: item["value"].get("value") for item in raw.get("properties", [])}
        self.level = properties.get("level")
        self.place = raw.get("backendDOMNodeId")
        self.depth = depth
        self.parents = parents
        self.top = None

    def __str__(self):
        level = f" {self.level}" if self.role == "heading" else ""
        description = f" — {self.description}" if self.description else ""
        return f"{'  ' * self.depth}{self.role}{level} {self.name!r}{description}"


class Tree:
    def __init__(self, raw):
        by_id = {node["nodeId"]: node for node in raw}
        self.nodes = []

        def walk(node, depth, parents):
            silent = node.get("ignored") or node.get("role", {}).get("value") in SILENT
            if not silent:
                own = Node(node, depth, parents)
                self.nodes.append(own)
                depth, parents = depth + 1, parents + [own]
            for child in node.get("childIds", []):
                if child in by_id:
                    walk(by_id[child], depth, parents)

        walk(raw[0], 0, [])

    def all(self, *roles):
        return [node for node in self.nodes if node.role in roles]

    def inside(self, parent, *roles):
        return [node for node in self.all(*roles) if parent in node.parents]


def violations(tree):
    headings = tree.all("heading")
    if [node.level for node in headings].count(1) != 1:
        yield "not one heading of level 1"
    for before, after in zip(headings, headings[1:]):
        if after.level > before.level + 1:
            yield f"from a heading of level {before.level} to one of {after.level}: {after.name}"
    for role in ("banner", "main"):
        if len(tree.all(role)) != 1:
            yield f"not one {role}"
    for node in tree.all(*NAMED):
        if not node.name:
            yield f"a {node.role} without a name"
    for table in tree.all("table"):
        if not tree.inside(table, "columnheader") or not tree.inside(table, "rowheader"):
            yield f"a table without headers of columns and rows: {table.name}"
        if not tree.inside(table, "caption"):
            yield f"a table without a caption: {table.name}"
    for picture in tree.all("img", "image"):
        if not picture.description:
            yield f"a picture that nothing describes: {picture.name}"
        if picture.description and picture.description in picture.name:
            yield f"a picture whose name is its description: {picture.name}"
        if tree.inside(picture, "graphics-symbol", "StaticText", "graphics-object"):
            yield f"a picture whose shapes are heard one by one: {picture.name}"
    for bullet in tree.all("listitem"):
        if not any(parent.role == "list" for parent in bullet.parents):
            yield "an item outside of a list"
    for text in tree.all("StaticText"):
        if any("\u2580" <= letter <= "\u259f" for letter in text.name):
            yield f"a bar of blocks that is heard: {text.name}"
    yield from clashes(tree)
    yield from jumps(tree)


def clashes(tree):
    """No two parts, figures or tables in one part are called the same."""
    seen = set()
    part = ""
    for node in tree.nodes:
        if node.role == "heading":
            part = node.name
        if node.role in ("table", "figure"):
            # The numbers behind a picture have its name.
            key = (part, node.role, node.name)
            if key in seen and not any(parent.role == "figure" for parent in node.parents):
                yield f"two of a name: {node.role} {node.name}"
            seen.add(key)


def jumps(tree):
    """What is heard later stands lower."""
    last = None
    for node in tree.nodes:
        if node.top is None or any(parent.role == "figure" for parent in node.parents):
            continue
        if last is not None and node.top < last.top - 1:
            yield f"heard after “{last.name}”, and above it: {node.role} {node.name}"
        last = node


def main(arguments):
    printing = "--print" in arguments
    arguments = [item for item in arguments if item != "--print"]
    cut = arguments.index("--") if "--" in arguments else len(arguments)
    program, pages, options = arguments[0], arguments[1:cut], arguments[cut + 1:]
    wrong = 0
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        browser = Browser(program, profile, options)
        try:
            for page in pages:
                tree = browser.tree(page)
                if printing:
                    print("\n".join(str(node) for node in tree.nodes if node.role != "StaticText"))
                for line in violations(tree):
                    wrong += 1
                    print(f"{os.path.basename(page)}: {line}")
        finally:
            browser.close()
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
