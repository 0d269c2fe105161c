internal import Diagnostics

/// The XML files of one model, with readers for what stands in their elements.
struct OpenPSADocument {
  /// The files, by their number in places; `nil` for one that can not be read.
  private(set) var files: [XMLFile?] = []
  /// What is wrong.
  var findings = FindingList()

  /// An element of one of the files.
  struct Node: Hashable {
    let file: Int
    let element: Int
  }

  /// Adds a file.
  mutating func add(_ file: XMLFile?) { files.append(file) }

  private func element(_ node: Node) -> XMLFile.Element? { files[node.file]?.elements[node.element] }

  /// The element's name.
  func name(_ node: Node) -> String { element(node)?.name ?? "" }

  /// Where it starts.
  func place(_ node: Node) -> Place { Place(file: node.file, offset: element(node)?.offset ?? 0) }

  /// The elements directly inside, but for labels and attributes, which say nothing about the model.
  func children(_ node: Node) -> [Node] {
    var children: [Node] = []
    var next = element(node)?.firstChild ?? 0
    while next > 0, let child = files[node.file]?.elements[next] {
      if child.name != "label", child.name != "attributes" {
        children.append(Node(file: node.file, element: next))
      }
      next = child.nextSibling
    }
    return children
  }

  /// The text of the label directly inside.
  func label(_ node: Node) -> String? {
    var next = element(node)?.firstChild ?? 0
    while next > 0, let child = files[node.file]?.elements[next] {
      if child.name == "label" {
        let words = child.text.split(whereSeparator: \.isWhitespace)
        return words.isEmpty ? nil : words.joined(separator: " ")
      }
      next = child.nextSibling
    }
    return nil
  }

  /// An attribute, if written.
  func attribute(_ name: String, of node: Node) -> String? { element(node)?.attributes[name] }

  /// An attribute that must be there.
  mutating func required(_ attribute: String, of node: Node) -> String? {
    if let value = self.attribute(attribute, of: node)?.trimmed, !value.isEmpty { return value }
    findings.add(
      "missing-attribute", "`<\(name(node))>` has no \(attribute)", at: place(node),
      help: "<\(name(node)) \(attribute)=\"…\">")
    return nil
  }

  /// A whole number that must be there.
  mutating func requiredNumber(_ attribute: String, of node: Node) -> Int? {
    guard let text = required(attribute, of: node) else { return nil }
    if let number = Int(text), number >= 0 { return number }
    findings.add(
      "bad-number", "\(attribute) is `\(text.shortened)`; a whole number from 0 was expected", at: place(node)
    )
    return nil
  }

  /// The role stated, or that of the container.
  mutating func isPrivate(_ node: Node, container: Bool) -> Bool {
    switch attribute("role", of: node) {
    case nil: return container
    case "private": return true
    case "public": return false
    case .some(let role):
      findings.add(
        "bad-role", "the role is `\(role.shortened)`; it is public or private", at: place(node),
        help: "role=\"public\"")
      return container
    }
  }

  /// Says that an element has no place here.
  mutating func reportUnknown(_ node: Node, expected: [String]) {
    let found = name(node)
    if found == "include" || found.hasSuffix(":include") {
      return findings.add(
        "include-refused", "files that a model includes are not read", at: place(node),
        help: "name all files on the command line: relmodel solve a.xml b.xml")
    }
    let near = findings.wantsSuggestions ? nearestName(to: found, among: expected) : nil
    findings.add(
      "unknown-element", "`<\(found.shortened)>` has no meaning in `<\(parentName(node))>`", at: place(node),
      help: near.map { "<\($0)>" } ?? "expected: \(expected.prefix(12).joined(separator: ", "))")
  }

  private func parentName(_ node: Node) -> String {
    name(Node(file: node.file, element: element(node)?.parent ?? node.element)).shortened
  }

  /// Text where only elements may stand would be dropped; it is told instead.
  mutating func reportStrayTexts() {
    for (number, file) in files.enumerated() {
      for element in file?.elements ?? [] {
        guard let offset = element.textOffset, element.name != "label" else { continue }
        findings.add(
          "stray-text", "text in `<\(element.name.shortened)>`, where only elements are read",
          at: Place(file: number, offset: offset), help: "delete it, or put it in a <label> or a comment")
      }
    }
  }
}

extension String {
  /// Whether it holds a dot, as the path of a name does.
  var hasDot: Bool { utf8.contains(UInt8(ascii: ".")) }

  /// Without blanks around it.
  var trimmed: String {
    guard let first = utf8.first, let last = utf8.last else { return self }
    if first > 0x20, last > 0x20, first < 0x80, last < 0x80 { return self }
    var text = Substring(self)
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }

  /// At most sixty characters, for messages.
  var shortened: String { count <= 60 ? self : prefix(57) + "…" }
}
