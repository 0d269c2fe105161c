/// The rules of a bucket's lifecycle as steps by age.
struct LifecycleReading {
  /// What happens at which age, in order of age, as `lifecycle:` of a bucket; `nil`: nothing.
  private(set) var text: String?
  /// What can not be said.
  private(set) var notes: [String] = []

  private static let classes = [
    "STANDARD_IA": "standard-ia", "ONEZONE_IA": "one-zone-ia", "INTELLIGENT_TIERING": "intelligent-tiering",
    "GLACIER_IR": "glacier-instant", "GLACIER": "glacier", "DEEP_ARCHIVE": "deep-archive",
  ]

  /// Reads `rule` blocks, of the resource of its own or of the bucket's old ones.
  init(_ rules: [PlanValue]) {
    let active = rules.filter { $0["status"].text != "Disabled" && $0["enabled"] != .flag(false) }
    let whole = active.filter { !Self.isPartial($0) }
    if whole.count < active.count {
      notes.append("lifecycle: \(active.count - whole.count) of its rules are for some of the objects only")
    }
    var found: [(days: Int, step: String)] = []
    for rule in whole {
      for transition in rule["transition"].blocks { add(transition, to: &found) }
      if let days = rule["expiration.days"].count, days > 0 {
        found.append((days, "{after: \(days) d, delete: yes}"))
      }
      noteVersions(of: rule)
    }
    guard !found.isEmpty else { return }
    text = "[" + found.sorted { $0.days < $1.days }.map(\.step).joined(separator: ", ") + "]"
  }

  private mutating func add(
    _ transition: PlanValue, to found: inout [(days: Int, step: String)]
  ) {
    guard let days = transition["days"].count, let name = transition["storage_class"].text,
      let tier = Self.classes[name]
    else { return note("lifecycle: a transition has no number of days or an unknown class") }
    found.append((days, "{after: \(days) d, to: \(tier)}"))
  }

  private mutating func noteVersions(of rule: PlanValue) {
    let keys = ["noncurrent_version_transition", "noncurrent_version_expiration"]
    if keys.contains(where: { !rule[$0].blocks.isEmpty }) {
      note("lifecycle: what happens to old versions is in the plan and not stated here")
    }
  }

  private mutating func note(_ text: String) {
    if !notes.contains(text) { notes.append(text) }
  }

  /// Whether a rule is for some of the objects: a prefix, a tag or a size.
  private static func isPartial(_ rule: PlanValue) -> Bool {
    let prefixes = ["prefix", "filter.prefix", "filter.and.prefix"]
    return prefixes.contains { rule[$0].text != nil }
      || ["filter.tag", "filter.and.tags", "tags"].contains {
        let value = rule[$0]
        return !value.blocks.isEmpty || { if case .map(let tags) = value { !tags.isEmpty } else { false } }()
      }
      || ["filter.object_size_greater_than", "filter.object_size_less_than"].contains {
        rule[$0].text.flatMap { Double($0) }.map { $0 > 0 } ?? false
      }
  }
}
