internal import Planning
internal import Quantities

/// Constraints, reasons and amounts of a placement, in words.
struct PlacementWords {
  let problem: PlacementProblem
  let zones: [String]

  func text(_ constraint: PlacementConstraint) -> String {
    switch constraint {
    case .apartOnNodes(let app): "no two pods of \(problem.apps[app].name) on a node"
    case .apartInZones(let app): "no two pods of \(problem.apps[app].name) in a zone"
    case .separate(let rule):
      "no \(problem.apps[rule.left].name) and \(problem.apps[rule.right].name) \(rule.topology == .node ? "on a node" : "in a zone")"
    case .spread(let app, let rule):
      "\(problem.apps[app].name) over \(rule.topology == .node ? "nodes" : "zones"), max-skew \(rule.maxSkew)"
        + (rule.minDomains > 1 ? ", min-domains \(rule.minDomains)" : "")
    case .volumes(let group): "the volumes of \(problem.groups[group].name)"
    case .kinds(let group): "the nodes that \(problem.groups[group].name) may be on"
    case .room(let resource): "\(name(resource)) of the nodes"
    }
  }

  /// What a resource is called; the last one is the pods.
  func name(_ resource: Int) -> String {
    switch PlacementModel.Resource(rawValue: resource) {
    case .cpu: "CPU"
    case .memory: "memory"
    case .pods, nil: "pods"
    }
  }

  func text(_ refusal: PlacementRefusal, of group: Int) -> String {
    let app = problem.apps[problem.groups[group].app].name
    return switch refusal {
    case .closed: "are none that it may be on"
    case .volumeElsewhere: "are in another zone than its volume"
    case .cordoned: "are cordoned"
    case .room(let resource): "have too little \(name(resource)) left"
    case .sharesNode: "have a pod of \(app)"
    case .sharesZone: "are in a zone with a pod of \(app)"
    case .refused(let other, .node): "have a pod of \(problem.apps[other].name)"
    case .refused(let other, .zone): "are in a zone with a pod of \(problem.apps[other].name)"
    case .spread(.node): "would have too many pods of \(app) beside the others"
    case .spread(.zone): "are in a zone that would have too many pods of \(app)"
    }
  }

  private static let mostNamed = 6

  /// Pods by group: `3 backend, redis`; of many groups the first ones.
  func pods(_ counts: [Int]) -> String {
    let parts = counts.enumerated().filter { $0.element > 0 }.map { group, count in
      count == 1 ? problem.groups[group].name : "\(count) \(problem.groups[group].name)"
    }
    guard parts.count > PlacementWords.mostNamed else {
      return parts.isEmpty ? "none" : parts.joined(separator: ", ")
    }
    return parts.prefix(PlacementWords.mostNamed - 1).joined(separator: ", ")
      + " and \(parts.count - PlacementWords.mostNamed + 1) more"
  }

  /// An amount of a resource: `1.5`, `2 GiB`, `3`.
  func amount(_ value: Int, of resource: Int) -> String {
    switch PlacementModel.Resource(rawValue: resource) {
    case .cpu: amountText(Double(value) / 1000)
    case .memory: DataSize(bytes: Double(value))?.description ?? "0 B"
    case .pods, nil: "\(value)"
    }
  }
}
