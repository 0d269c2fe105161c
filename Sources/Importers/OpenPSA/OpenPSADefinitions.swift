internal import Diagnostics

/// What the files define, by name and by path.
///
/// A public name is known in the whole model. A private one is known in its container and below, and by its path,
/// `tree.component.name`, elsewhere.
struct OpenPSADefinitions {
  /// What a name stands for in formulas.
  enum Kind: String {
    case gate = "gate"
    case basicEvent = "basic event"
    case houseEvent = "house event"
    case parameter = "parameter"

    /// The element that refers to it.
    var reference: String {
      switch self {
      case .gate: "gate"
      case .basicEvent: "basic-event"
      case .houseEvent: "house-event"
      case .parameter: "parameter"
      }
    }
  }

  /// A fault tree, a component, or the model itself.
  struct Container {
    let path: String
    let parent: Int?
    let isPrivate: Bool
    /// The number of the fault tree; `nil` for the model.
    let tree: Int?
  }

  /// Something with a name.
  struct Definition {
    let kind: Kind
    /// The name if public, else the path: unique in the model.
    let name: String
    let node: OpenPSADocument.Node
    let container: Int
    var isUsed = false
  }

  /// Containers; the first is the model.
  var containers = [Container(path: "", parent: nil, isPrivate: false, tree: nil)]
  /// The names of the fault trees.
  var trees: [String] = []
  /// Definitions in the order written.
  var all: [Definition] = []
  /// Common-cause groups and their containers.
  var groups: [(node: OpenPSADocument.Node, container: Int)] = []

  private var publicEvents: [String: Int] = [:]
  private var publicParameters: [String: Int] = [:]
  private var containerPaths: [String: Int] = ["": 0]
  /// What each container defines directly.
  private var events: [[String: Int]] = [[:]]
  private var parameters: [[String: Int]] = [[:]]
  private var hasPrivate = false

  /// The path of a name in a container.
  func path(_ name: String, in container: Int) -> String {
    let path = containers[container].path
    return path.isEmpty ? name : "\(path).\(name)"
  }

  /// Adds a container.
  ///
  /// - Returns: its number, and whether its path is new.
  mutating func add(_ container: Container) -> (number: Int, isNew: Bool) {
    let number = containers.count
    containers.append(container)
    events.append([:])
    parameters.append([:])
    let isNew = containerPaths[container.path] == nil
    if isNew { containerPaths[container.path] = number }
    return (number, isNew)
  }

  /// Adds a definition.
  ///
  /// - Returns: the number of another definition that has the name already.
  mutating func add(
    _ kind: Kind, name: String, node: OpenPSADocument.Node, container: Int, isPrivate: Bool
  ) -> Int? {
    let isParameter = kind == .parameter
    if let other = isParameter ? parameters[container][name] : events[container][name] { return other }
    if !isPrivate, let other = isParameter ? publicParameters[name] : publicEvents[name] { return other }
    let number = all.count
    let unique = isPrivate ? path(name, in: container) : name
    all.append(Definition(kind: kind, name: unique, node: node, container: container))
    if isParameter { parameters[container][name] = number } else { events[container][name] = number }
    if isPrivate {
      hasPrivate = true
    } else if isParameter {
      publicParameters[name] = number
    } else {
      publicEvents[name] = number
    }
    return nil
  }

  /// Puts another element in the place of a definition that says less.
  mutating func replace(_ number: Int, by node: OpenPSADocument.Node) {
    let old = all[number]
    all[number] = Definition(kind: old.kind, name: old.name, node: node, container: old.container)
  }

  /// What a reference in a container means: the innermost name, a public name, or a path.
  func lookup(_ reference: String, in container: Int, isParameter: Bool) -> Int? {
    guard let dot = reference.utf8.lastIndex(of: UInt8(ascii: ".")) else {
      if hasPrivate, let found = innermost(reference, in: container, isParameter) { return found }
      return isParameter ? publicParameters[reference] : publicEvents[reference]
    }
    let (folder, name) = (String(reference[..<dot]), String(reference[reference.index(after: dot)...]))
    var scope: Int? = container
    while let inner = scope {
      if let place = containerPaths[path(folder, in: inner)],
        let found = isParameter ? parameters[place][name] : events[place][name]
      {
        return found
      }
      scope = containers[inner].parent
    }
    return nil
  }

  private func innermost(_ name: String, in container: Int, _ isParameter: Bool) -> Int? {
    var scope: Int? = container
    while let inner = scope {
      if let found = isParameter ? parameters[inner][name] : events[inner][name] { return found }
      scope = containers[inner].parent
    }
    return nil
  }

  /// The name closest to what somebody wrote.
  func nearest(to reference: String, isParameter: Bool) -> String? {
    nearestName(
      to: reference,
      among: all.lazy.filter { ($0.kind == .parameter) == isParameter }.prefix(5_000).map(\.name))
  }
}

extension OpenPSADefinitions {
  private static let inTrees = [
    "define-gate", "define-basic-event", "define-house-event", "define-parameter", "define-component",
    "define-CCF-group",
  ]
  private static let inData = ["define-basic-event", "define-house-event", "define-parameter"]
  private static let inModel = ["define-fault-tree", "define-CCF-group", "model-data"]
  /// What has no part in the probability of a gate.
  static let passedOver: Set = [
    "define-event-tree", "define-initiating-event", "define-sequence", "define-rule",
    "define-consequence", "define-consequence-group", "define-initiating-event-group", "define-alignment",
  ]

  /// Collects what a file defines.
  mutating func collect(_ file: Int, in document: inout OpenPSADocument) {
    let root = OpenPSADocument.Node(file: file, element: 0)
    guard ["opsa-mef", "open-psa"].contains(document.name(root)) else {
      return document.findings.add(
        "unknown-format", "the file begins with `<\(document.name(root).shortened)>`",
        at: document.place(root),
        help: "an Open-PSA file begins with <opsa-mef>")
    }
    var waiting: [(node: OpenPSADocument.Node, container: Int)] = []
    for node in document.children(root) {
      switch document.name(node) {
      case "define-fault-tree": openContainer(node, in: 0, &document, &waiting)
      case "model-data":
        for inner in document.children(node) {
          define(inner, in: 0, OpenPSADefinitions.inData, &document, &waiting)
        }
      case "define-CCF-group": groups.append((node, 0))
      case let name where OpenPSADefinitions.passedOver.contains(name):
        document.findings.warn(
          "passed-over", "`<\(name)>` is passed over: only fault trees are solved", at: document.place(node))
      default: document.reportUnknown(node, expected: OpenPSADefinitions.inModel)
      }
      // Depth first, in the order written.
      while let next = waiting.popLast() {
        define(next.node, in: next.container, OpenPSADefinitions.inTrees, &document, &waiting)
      }
    }
  }

  private mutating func openContainer(
    _ node: OpenPSADocument.Node, in outer: Int, _ document: inout OpenPSADocument,
    _ waiting: inout [(node: OpenPSADocument.Node, container: Int)]
  ) {
    guard let name = identifier(node, &document) else { return }
    let path = path(name, in: outer)
    let isPrivate = document.isPrivate(node, container: containers[outer].isPrivate)
    var tree = containers[outer].tree
    if document.name(node) == "define-fault-tree" {
      tree = trees.count
      trees.append(name)
    }
    guard path.utf8.count <= 1000 else {
      return document.findings.add(
        "bad-name", "a path of \(path.utf8.count) bytes; at most 1,000 are read", at: document.place(node))
    }
    let (number, isNew) = add(Container(path: path, parent: outer, isPrivate: isPrivate, tree: tree))
    if !isNew {
      document.findings.add(
        "duplicate-definition", "there is another fault tree or component `\(path.shortened)`",
        at: document.place(node), help: "give one of them another name")
    }
    waiting += document.children(node).reversed().map { ($0, number) }
  }

  private mutating func define(
    _ node: OpenPSADocument.Node, in container: Int, _ expected: [String],
    _ document: inout OpenPSADocument, _ waiting: inout [(node: OpenPSADocument.Node, container: Int)]
  ) {
    let name = document.name(node)
    guard expected.contains(name) else { return document.reportUnknown(node, expected: expected) }
    switch name {
    case "define-gate": define(.gate, node, in: container, &document)
    case "define-basic-event": define(.basicEvent, node, in: container, &document)
    case "define-house-event": define(.houseEvent, node, in: container, &document)
    case "define-parameter": define(.parameter, node, in: container, &document)
    case "define-component": openContainer(node, in: container, &document, &waiting)
    default: groups.append((node, container))
    }
  }

  private mutating func define(
    _ kind: Kind, _ node: OpenPSADocument.Node, in container: Int, _ document: inout OpenPSADocument
  ) {
    guard let name = identifier(node, &document) else { return }
    let isPrivate = document.isPrivate(node, container: containers[container].isPrivate)
    guard let other = add(kind, name: name, node: node, container: container, isPrivate: isPrivate) else {
      return
    }
    // A tree may declare an event whose value stands in the model data.
    if kind == all[other].kind, kind == .basicEvent || kind == .houseEvent {
      let isEmpty = document.children(node).isEmpty
      if isEmpty != document.children(all[other].node).isEmpty {
        if !isEmpty { replace(other, by: node) }
        return
      }
    }
    document.findings.add(
      "duplicate-definition",
      "the \(kind.rawValue) `\(name)` is defined twice; the other is a "
        + all[other].kind.rawValue, at: document.place(node), help: "delete one of the definitions")
  }

  /// The name that an element defines.
  private func identifier(
    _ node: OpenPSADocument.Node, _ document: inout OpenPSADocument
  ) -> String? {
    guard let name = document.required("name", of: node) else { return nil }
    guard name.utf8.count <= 500 else {
      document.findings.add(
        "bad-name", "a name of \(name.utf8.count) bytes; at most 500 are read", at: document.place(node))
      return nil
    }
    guard name.hasDot else { return name }
    document.findings.add(
      "bad-name", "the name `\(name.shortened)` holds a dot, which separates the parts of a path",
      at: document.place(node), help: "name=\"\(String(name.shortened.map { $0 == "." ? "_" : $0 }))\"")
    return nil
  }
}
