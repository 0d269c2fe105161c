internal import Diagnostics
internal import ServiceGraph

/// A common-cause group as written, before its members have numbers.
struct OpenPSAGroup {
  /// The name.
  let name: String
  /// Where it is defined.
  let place: Place
  /// The definitions of the members.
  let members: [Int]
  /// The expression of a member's total probability.
  let total: Int
  /// How it is split.
  let factors: CommonCauseGroup.Factors

  /// The group, its members being numbers of definitions.
  var commonCause: CommonCauseGroup {
    CommonCauseGroup(name: name, members: members, total: total, factors: factors)
  }
}

extension OpenPSAGroup {
  private typealias Node = OpenPSADocument.Node

  /// The models by their name in the file, and the level of their first factor.
  private static let models = ["beta-factor": 0, "MGL": 2, "alpha-factor": 1, "phi-factor": 1]

  /// The most combinations of members that a group may expand to.
  private static let mostCauses = 100_000

  /// Defines the members that nothing else defines.
  ///
  /// - Returns: the members of all groups, also of those that can not be read.
  static func declareMembers(
    _ definitions: inout OpenPSADefinitions, _ document: inout OpenPSADocument
  ) -> Set<Int> {
    var members: Set<Int> = []
    for (node, container) in definitions.groups {
      let isPrivate = document.isPrivate(node, container: definitions.containers[container].isPrivate)
      for member in memberNodes(node, document) {
        guard let name = document.attribute("name", of: member)?.trimmed, !name.isEmpty, !name.hasDot
        else { continue }
        if definitions.lookup(name, in: container, isParameter: false) == nil {
          _ = definitions.add(
            .basicEvent, name: name, node: member, container: container, isPrivate: isPrivate)
        }
        if let number = definitions.lookup(name, in: container, isParameter: false) { members.insert(number) }
      }
    }
    return members
  }

  private static func memberNodes(_ node: Node, _ document: OpenPSADocument) -> [Node] {
    document.children(node).filter { document.name($0) == "members" }.flatMap { document.children($0) }
  }

  /// Reads a group; `nil` when it can not be read, which is told in the findings.
  static func read(
    _ node: OpenPSADocument.Node, in container: Int, _ expressions: inout OpenPSAExpressions,
    _ definitions: inout OpenPSADefinitions, _ document: inout OpenPSADocument
  ) -> OpenPSAGroup? {
    guard let name = document.required("name", of: node), let model = document.required("model", of: node)
    else { return nil }
    guard let firstLevel = models[model] else {
      document.findings.add(
        "bad-model", "the model is `\(model.shortened)`; it is beta-factor, MGL, alpha-factor or phi-factor",
        at: document.place(node),
        help: nearestName(to: model, among: models.keys.sorted()).map { "model=\"\($0)\"" })
      return nil
    }
    for child in document.children(node)
    where !["members", "distribution", "factors", "factor"].contains(document.name(child)) {
      document.reportUnknown(child, expected: ["members", "distribution", "factors", "factor"])
    }
    let members = members(node, in: container, &definitions, &document)
    let total = total(node, name, in: container, &expressions, &definitions, &document)
    let first = firstLevel == 0 ? members.count : firstLevel
    let factors = factors(node, name, first, in: container, &expressions, &definitions, &document)
    guard let total, let factors, members.count >= 2, !document.findings.isFull else { return nil }
    return group(name, model, members, total, factors, document.place(node), definitions, &document)
  }

  private static func group(
    _ name: String, _ model: String, _ members: [Int], _ total: Int, _ factors: [Int], _ place: Place,
    _ definitions: OpenPSADefinitions, _ document: inout OpenPSADocument
  ) -> OpenPSAGroup? {
    let most = model == "beta-factor" ? 1 : model == "MGL" ? members.count - 1 : members.count
    guard !factors.isEmpty, factors.count <= most else {
      document.findings.add(
        "wrong-arity",
        "the group `\(name)` has \(factors.count) factors; \(model) with \(members.count) members takes "
          + (most == 1 ? "1" : "1 to \(most)"), at: place)
      return nil
    }
    let split: CommonCauseGroup.Factors =
      switch model {
      case "beta-factor": .beta(factors[0])
      case "MGL": .multipleGreekLetters(factors)
      case "alpha-factor": .alpha(factors)
      default: .phi(factors)
      }
    let group = CommonCauseGroup(name: name, members: members, total: total, factors: split)
    let nameBytes = members.reduce(0) { $0 + definitions.all[$1].name.utf8.count }
    guard group.causeCount <= min(mostCauses, 64_000_000 / max(1, nameBytes)) else {
      document.findings.add(
        "group-too-large",
        "the group `\(name.shortened)` has \(members.count) members that fail in too many combinations",
        at: place, help: "give fewer factors, or use the beta-factor model")
      return nil
    }
    return OpenPSAGroup(name: name, place: place, members: members, total: total, factors: split)
  }

  private static func members(
    _ node: Node, in container: Int, _ definitions: inout OpenPSADefinitions,
    _ document: inout OpenPSADocument
  ) -> [Int] {
    var members: [Int] = []
    var seen: Set<Int> = []
    let nodes = memberNodes(node, document)
    for member in nodes {
      guard document.name(member) == "basic-event" else {
        document.reportUnknown(member, expected: ["basic-event"])
        continue
      }
      guard let name = document.required("name", of: member) else { continue }
      guard let number = definitions.lookup(name, in: container, isParameter: false) else {
        document.findings.add(
          "undefined-event", "no basic event `\(name.shortened)` is defined", at: document.place(member))
        continue
      }
      guard definitions.all[number].kind == .basicEvent else {
        document.findings.add(
          "wrong-kind", "`\(name)` is a \(definitions.all[number].kind.rawValue); members are basic events",
          at: document.place(member))
        continue
      }
      guard seen.insert(number).inserted else {
        document.findings.add(
          "duplicate-member", "`\(name)` is a member already", at: document.place(member), help: "delete it")
        continue
      }
      members.append(number)
    }
    if nodes.count < 2 {
      document.findings.add(
        "too-few-members", "the group has \(nodes.count) members; common causes take 2 or more",
        at: document.place(node))
    }
    return members
  }

  private static func total(
    _ node: Node, _ name: String, in container: Int, _ expressions: inout OpenPSAExpressions,
    _ definitions: inout OpenPSADefinitions, _ document: inout OpenPSADocument
  ) -> Int? {
    let distributions = document.children(node).filter { document.name($0) == "distribution" }
    let parts = distributions.flatMap { document.children($0) }
    guard parts.count == 1, distributions.count == 1 else {
      document.findings.add(
        "wrong-arity", "the group `\(name)` has \(parts.count) total probabilities; it takes 1",
        at: document.place(distributions.first ?? node),
        help: "<distribution><float value=\"…\"/></distribution>")
      return nil
    }
    return expressions.expression(parts[0], in: container, owner: name, &definitions, &document)
  }

  /// The factors, whose levels follow each other from `first`.
  private static func factors(
    _ node: Node, _ name: String, _ first: Int, in container: Int, _ expressions: inout OpenPSAExpressions,
    _ definitions: inout OpenPSADefinitions, _ document: inout OpenPSADocument
  ) -> [Int]? {
    let nodes = document.children(node).flatMap { child in
      document.name(child) == "factors"
        ? document.children(child) : document.name(child) == "factor" ? [child] : []
    }
    var factors: [Int?] = []
    for (index, factor) in nodes.enumerated() {
      guard document.name(factor) == "factor" else {
        document.reportUnknown(factor, expected: ["factor"])
        continue
      }
      if document.attribute("level", of: factor) != nil,
        let level = document.requiredNumber("level", of: factor), level != first + index
      {
        document.findings.add(
          "wrong-level", "the factor has level \(level); \(first + index) was expected",
          at: document.place(factor),
          help: "<factor level=\"\(first + index)\">")
      }
      let parts = document.children(factor)
      guard parts.count == 1 else {
        document.findings.add(
          "wrong-arity", "a factor has \(parts.count) expressions; it takes 1", at: document.place(factor),
          help: "<factor><float value=\"…\"/></factor>")
        factors.append(nil)
        continue
      }
      factors.append(
        expressions.expression(parts[0], in: container, owner: name, &definitions, &document))
    }
    let known = factors.compactMap { $0 }
    return known.count == factors.count ? known : nil
  }
}
