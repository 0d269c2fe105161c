internal import Diagnostics
internal import Quantities

/// Finds what the path of a claim is of: `service/availability`, `redis/master/failover`, `cost/monthly`.
struct ClaimPaths {
  /// What a path leads to.
  enum Outcome {
    case found(ClaimMeasure.Subject, ClaimVocabulary)
    case unknownSubject(String, known: [String])
    case unknownWord(String, of: String, known: [String])
  }

  private typealias Candidate = (kind: ClaimSubjectKind, subject: ClaimMeasure.Subject)

  private let draft: ModelDraft
  private let components: [Component]
  private let domains: [Domain]
  /// The detectors and responses in the order of the model's delays.
  private let delays: [String]

  /// Words that paths begin with and that are no names.
  private static let reserved = ["cost", "roi", "history", "drills"]

  init(draft: ModelDraft, components: [Component], domains: [Domain]) {
    (self.draft, self.components, self.domains) = (draft, components, domains)
    delays = (draft.detectors + draft.responses).map(\.name.value)
  }

  /// What a path leads to.
  func entry(for path: String) -> Outcome {
    var parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let word = parts.removeLast()
    let candidates = candidates(parts)
    for (kind, subject) in candidates {
      if let entry = ClaimVocabulary.words(of: kind).first(where: { $0.word.rawValue == word }) {
        return .found(subject, entry)
      }
    }
    guard !candidates.isEmpty else { return unknownSubject(parts, word) }
    let known = candidates.flatMap { ClaimVocabulary.words(of: $0.kind) }.map(\.word.rawValue)
    let kinds = candidates.map(\.kind.name).joined(separator: " and ")
    return .unknownWord(word, of: "\(parts.joined(separator: "/")), \(kinds)", known: known)
  }

  private func unknownSubject(_ parts: [String], _ word: String) -> Outcome {
    guard parts.count > 1, isName(parts[0]) else {
      return .unknownSubject(parts.first ?? word, known: names + Self.reserved)
    }
    return .unknownSubject(
      parts.joined(separator: "/"), known: members(of: parts[0]).map { "\(parts[0])/\($0)" })
  }

  private func isName(_ name: String) -> Bool { names.contains(name) || Self.reserved.contains(name) }

  private var names: [String] {
    draft.capabilities.map(\.name.value) + components.map(\.name) + domains.map(\.name)
      + draft.procedures.map(\.name.value) + delays
  }

  /// What can stand behind a name: objectives, roles, modes; entries of the bill.
  private func members(of name: String) -> [String] {
    if name == "cost" { return billed }
    if name == "roi" { return draft.capabilities.map(\.name.value) }
    let component = components.first { $0.name == name }
    return (draft.capabilities.first { $0.name.value == name }?.objectives.map(\.name) ?? [])
      + (component?.roles.compactMap(\.name) ?? []) + (component?.modes.map(\.name) ?? [])
      + (domains.first { $0.name == name }?.modes.map(\.name) ?? [])
  }

  // MARK: Subjects

  private func candidates(_ parts: [String]) -> [Candidate] {
    guard let first = parts.first else { return [] }
    if Self.reserved.contains(first) { return reserved(first, Array(parts.dropFirst())) }
    switch parts.count {
    case 1: return named(first)
    case 2: return nested(first, parts[1])
    default: return []
    }
  }

  private func named(_ name: String) -> [Candidate] {
    func place(_ names: [String]) -> Int? { names.firstIndex(of: name) }
    let found: [Candidate?] = [
      place(draft.capabilities.map(\.name.value)).map { (.capability, .capability($0)) },
      place(components.map(\.name)).map { (.component, .part(Target(component: $0))) },
      place(draft.procedures.map(\.name.value)).map { (.procedure, .procedure($0)) },
      place(delays).map { (.delay, .delay($0)) },
    ]
    return found.compactMap { $0 }
  }

  private func nested(_ name: String, _ member: String) -> [Candidate] {
    var found: [Candidate] = []
    if let index = draft.capabilities.firstIndex(where: { $0.name.value == name }),
      draft.capabilities[index].objectives.contains(where: { $0.name == member })
    {
      found.append((.objective, .objective(capability: index, name: member)))
    }
    if let index = components.firstIndex(where: { $0.name == name }) {
      if let role = components[index].role(named: member) {
        found.append((.role, .part(Target(component: index, role: role))))
      }
      if components[index].modes.contains(where: { $0.name == member }) {
        found.append((.mode, .cause("\(name)/\(member)")))
      }
    }
    if let domain = domains.first(where: { $0.name == name }),
      domain.modes.contains(where: { $0.name == member })
    {
      found.append((.mode, .cause("\(name)/\(member)")))
    }
    return found
  }

  private func reserved(_ first: String, _ rest: [String]) -> [Candidate] {
    switch (first, rest.count) {
    case ("cost", 0): return [(.bill, .bill)]
    case ("cost", _):
      let entry = rest.joined(separator: "/")
      return billed.contains(entry) ? [(.entry, .billed(entry))] : []
    case ("roi", 0): return [(.option, .option(capability: nil))]
    case ("roi", 1):
      let place = draft.capabilities.firstIndex { $0.name.value == rest[0] }
      return place.map { [(.option, .option(capability: $0))] } ?? []
    case ("history", 0...2):
      return [
        (.history, .history(component: rest.first, mode: rest.count > 1 ? rest[1] : nil))
      ]
    case ("drills", 1): return [(.drill, .drill(rest[0]))]
    default: return []
    }
  }

  /// Every entry of the bill as its lines name it, and every owner of some.
  private var billed: [String] {
    func entries(_ owner: String, _ costs: [CostDraft]) -> [String] {
      costs.isEmpty ? [] : [owner] + costs.map { "\(owner)/\($0.name.value)" }
    }
    return draft.costs.map(\.name.value)
      + draft.domains.flatMap { entries($0.name.value, $0.costs) }
      + draft.components.flatMap { entries($0.name.value, $0.costs) }
  }
}
