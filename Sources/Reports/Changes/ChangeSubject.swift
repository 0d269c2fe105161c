/// What a change is about: a thing of the model that has a name, or a part of the model as a whole.
struct ChangeSubject: Hashable {
  /// Maps of things by name, and what one of them is called.
  static let things: [String: String] = [
    "components": "", "capabilities": "capability", "domains": "domain", "detectors": "detector",
    "responses": "response", "crews": "crew", "queues": "queue", "procedures": "procedure", "pools": "pool",
    "commitments": "commitment", "costs": "cost", "choices": "choice", "limits": "limit", "claims": "claim",
  ]

  let section: String
  let name: String?

  init(_ path: [String]) {
    let first = path.first ?? ""
    let isThing = Self.things[first] != nil && path.count > 1
    section = isThing ? first : ""
    name = isThing ? path[1] : nil
  }

  var isComponent: Bool { section == "components" }
  /// How many keys of a path name it.
  var keys: Int { name == nil ? 0 : 2 }

  var title: String {
    guard let name else { return "the model" }
    let thing = Self.things[section] ?? section
    return thing.isEmpty ? name : "\(thing) \(name)"
  }
}
