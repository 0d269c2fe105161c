internal import CloudCost
public import Diagnostics

/// Something that a plan has and somebody pays for: an entry under `costs:` of a model.
public struct PlannedCost: Sendable {
  /// The instance that it comes from: `aws_db_instance.replica[0]`.
  public let address: String
  /// A name for the part of it: `instance`, `root-volume`.
  public let part: String
  /// The key of the resource: `aws-rds`.
  public let kind: String
  /// What stands under that key.
  public let stated: Declaration
  /// How many of it in all; `nil` when the plan does not say.
  public let count: Int?
  /// Whether there is one for each unit of its owner.
  public let isPerUnit: Bool
  /// How it is bought, as in models: `spot`; `nil`: on demand.
  public let bought: String?
  /// The code of the region; `nil` when the plan does not say.
  public let region: String?
  /// What the plan leaves open, in words: `unknown: iops, which is known when the plan is applied`.
  public let unknown: [String]

  /// Whether relmodel has the kind of resource.
  public var isSupported: Bool { ResourceCatalog.kind(named: kind) != nil }

  /// Why it can not be priced as it stands, in words; empty when it can.
  public var obstacles: [String] {
    guard let kind = ResourceCatalog.kind(named: kind) else { return ["relmodel prices no \(kind)"] }
    var obstacles = kind.fields.filter { $0.isRequired && stated[$0.key] == nil }.map {
      "\($0.key): not known"
    }
    obstacles += (stated.entries ?? []).compactMap { Self.obstacle($0, among: kind.fields) }
    guard obstacles.isEmpty else { return obstacles }
    var findings: [Diagnostic] = []
    _ = kind.init(StatedResource(stated, path: address, conventions: CostConventions()), findings: &findings)
    obstacles = findings.filter { $0.severity == .error }.map(\.message)
    if region == nil { obstacles.append("region: not known") }
    if count == nil { obstacles.append("count: not known") }
    return obstacles
  }

  /// Why a key can not be stated so; `nil` when it can.
  private static func obstacle(_ entry: Declaration.Entry, among fields: [ResourceField]) -> String? {
    let key = entry.key.value
    guard let field = fields.first(where: { $0.key == key }) else { return "\(key): no key of it" }
    guard case .choice(let words) = field.kind, let text = entry.value.text, !words.contains(text) else {
      return nil
    }
    return "\(key): relmodel prices no \(text)"
  }
}

/// A cost while it is read from a resource.
struct CostDraft {
  let kind: String
  let part: String
  /// How many of it, for each unit or in all.
  var count = 1
  /// Whether it is there for each unit of its owner.
  var isPerUnit = false
  var bought: String?
  private let place: SourceLocation
  private(set) var entries: [Declaration.Entry] = []
  private(set) var unknown: [String] = []

  init(_ kind: String, part: String, at place: SourceLocation) {
    self.kind = kind
    self.part = part
    self.place = place
  }

  /// States a key.
  mutating func state(_ key: String, _ text: String) {
    state(key, .scalar(text, isQuoted: false))
  }

  /// States a whole number of at least 1; a smaller one says nothing.
  mutating func state(_ key: String, _ count: Int) {
    if count > 0 { state(key, String(count)) }
  }

  /// States a whole number that the plan may not know.
  mutating func state(_ key: String, _ count: Int?) {
    if let count {
      state(key, count)
    } else {
      note("unknown: \(key), which is known when the plan is applied")
    }
  }

  /// States a map.
  mutating func state(_ key: String, map: [(key: String, text: String)]) {
    state(key, .map(map.map { entry($0.key, .scalar($0.text, isQuoted: false)) }))
  }

  private mutating func state(_ key: String, _ content: Declaration.Content) {
    entries.removeAll { $0.key.value == key }
    entries.append(entry(key, content))
  }

  private func entry(_ key: String, _ content: Declaration.Content) -> Declaration.Entry {
    Declaration.Entry(key: Located(key, at: place), value: Declaration(content, at: place))
  }

  /// States a key by a value of the plan, or notes that the plan does not say it.
  ///
  /// - Parameters:
  ///   - word: the value as the resource's key wants it; `nil` for one that it does not have.
  ///   - otherwise: what AWS takes when nothing is stated, where its documentation says so.
  mutating func state(
    _ key: String, from value: PlanValue, as word: (String) -> String? = { $0 }, otherwise: String? = nil
  ) {
    if let text = value.text {
      if let word = word(text) {
        state(key, word)
      } else {
        note("unknown: \(key), since relmodel does not know the plan's value")
      }
      return
    }
    if value == .sensitive { return note("unknown: \(key), which the plan marks as sensitive") }
    if let otherwise {
      state(key, otherwise)
      note("\(key): \(otherwise) is what AWS takes when nothing is stated")
    } else if value == .unknown {
      note("unknown: \(key), which is known when the plan is applied")
    }
  }

  /// States a key by a value in GB.
  mutating func state(_ key: String, gigabytes value: PlanValue, otherwise: String? = nil) {
    state(
      key, from: value, as: { Double($0).map { $0 > 0 } == true ? "\($0) GB" : nil }, otherwise: otherwise)
  }

  /// Notes something that the plan leaves open.
  mutating func note(_ text: String) {
    if !unknown.contains(text) { unknown.append(text) }
  }

  /// The same for each unit of its owner.
  var perUnit: CostDraft {
    var draft = self
    draft.isPerUnit = true
    return draft
  }

  /// The cost of a resource in a region.
  ///
  /// - Parameter units: how many units its owner has; `nil` when the plan does not say.
  func cost(of resource: PlannedResource, units: Int?, in region: String?) -> PlannedCost {
    let total: Int? = isPerUnit ? units.map { $0 * count } : count
    var unknown = unknown
    if region == nil { unknown.append("unknown: region, which the plan does not say") }
    if total == nil { unknown.append("unknown: count, which is known when the plan is applied") }
    return PlannedCost(
      address: resource.address.text, part: part, kind: kind, stated: Declaration(.map(entries), at: place),
      count: total, isPerUnit: isPerUnit, bought: bought, region: region, unknown: unknown)
  }
}
