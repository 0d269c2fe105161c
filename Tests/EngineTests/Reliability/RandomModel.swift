import Stochastics

/// The text of a small random model: zones, a pool of nodes, components with replicas or roles, modes of every
/// scope, common causes, hard and soft dependencies, groups. The same number gives the same text.
struct RandomModel {
  /// What the modes of a model are like.
  enum Style {
    /// Any frequency, from one in a day to one in a million hours; sometimes only an availability.
    case any
    /// Frequent failures with laws of every kind, so that a simulation sees many.
    case busy
  }

  private let style: Style
  private var stream: RandomStream
  private var zones: [String] = []
  private var hasPool = false
  /// What later components and capabilities may depend on.
  private var targets: [String] = []
  private var domains = ""
  private var components = ""

  /// The text of the model with this number.
  static func text(number: Int, style: Style) -> String {
    var model = RandomModel(number: number, style: style)
    model.addDomains()
    for index in 0..<model.between(2, 4) { model.addComponent("c\(index)") }
    return model.text()
  }

  private init(number: Int, style: Style) {
    self.style = style
    stream = RandomStream(
      seed: 2026, process: ProcessKey(name: "random model"), replication: UInt32(number))
  }

  // MARK: Luck

  private mutating func happens(_ probability: Double) -> Bool { stream.uniform() < probability }

  private mutating func between(_ low: Int, _ high: Int) -> Int {
    low + Int(stream.nextBits() % UInt64(high - low + 1))
  }

  private mutating func one<Value>(of values: [Value]) -> Value { values[between(0, values.count - 1)] }

  /// Hours between `low` and `high`, evenly on a logarithmic scale, to three digits.
  private mutating func hours(_ low: Double, _ high: Double) -> String {
    let value = low * portablePower(high / low, stream.uniform())
    let digits = value >= 100 ? 1.0 : value >= 1 ? 100 : 10_000
    return "\((value * digits).rounded() / digits) h"
  }

  private mutating func percent() -> String { "\(between(1, 99)) %" }

  // MARK: Domains

  private mutating func addDomains() {
    for name in ["z1", "z2"].prefix(between(0, 2)) {
      zones.append(name)
      let fails = happens(0.6) ? ", fails: {outage: \(mode())}" : ""
      domains += "  \(name): {kind: zone\(fails)}\n"
    }
    guard happens(0.35) else { return }
    hasPool = true
    let spread = zones.isEmpty ? "" : ", spread: zones"
    let nodeFails = happens(0.8) ? ", fails: {failure: \(mode())}" : ""
    let poolFails = happens(0.3) ? ", fails: {upgrade: \(mode())}" : ""
    domains += "  pool: {kind: pool, nodes: {count: 2\(spread)\(nodeFails)}\(poolFails)}\n"
  }

  private mutating func placement() -> String {
    var places = [""]
    if !zones.isEmpty { places += [", spread: zones", ", in: z1"] }
    if hasPool { places += [", spread: nodes", ", spread: pool", ", in: pool-1"] }
    return one(of: places)
  }

  // MARK: Components

  private mutating func addComponent(_ name: String) {
    var lines = ["  \(name):"]
    var own = [name]
    var places = ""
    var count = between(1, 3)
    if happens(0.25) {
      places = placement()
      count = 3
      lines.append(
        "    roles: {left: {count: 1\(places)}, right: {count: 2, required: \(between(0, 2))\(places)}}")
      own += ["\(name)/left", "\(name)/right"]
    } else {
      places = placement()
      lines.append("    replicas: {count: \(count), required: \(between(1, count))\(places)}")
    }
    if !targets.isEmpty, happens(0.6) { lines.append("    depends-on: {\(dependencies(1, 2))}") }
    lines.append("    fails:")
    for number in 1...between(1, 2) {
      lines.append("      m\(number): \(mode(scope: scope(places), units: count))")
    }
    components += lines.joined(separator: "\n") + "\n"
    targets += own
  }

  private mutating func scope(_ places: String) -> String {
    if happens(0.6) { return "unit" }
    var scopes = ["component"]
    if places.contains("zones") || places.contains("z1") { scopes.append("zone") }
    if places.contains("nodes") || places.contains("pool") { scopes.append("node") }
    return one(of: scopes)
  }

  private mutating func mode(scope: String = "unit", units: Int = 1) -> String {
    let prefix = scope == "unit" ? "" : "scope: \(scope), "
    let isShared = scope == "unit" && units > 1 && happens(0.3)
    let shared = isShared ? ", common-cause: {beta: \(between(1, 100)) %}" : ""
    let effect = happens(0.1) ? ", effect: {degraded-to: \(percent())}" : ""
    let frequency = style == .busy ? busyFrequency(isShared) : anyFrequency(isShared)
    return "{\(prefix)\(frequency)\(shared)\(effect)}"
  }

  private mutating func anyFrequency(_ isShared: Bool) -> String {
    if !isShared, happens(0.1) { return "availability: 99.9\(between(0, 9)) %" }
    if !isShared, happens(0.1) { return "availability: \(between(90, 99)) %, \(length())" }
    if happens(0.2) { return "rate: \(between(1, 9)) /y, probability: \(percent()), \(length())" }
    if !isShared, happens(0.2) {
      return "lifetime: {weibull: {shape: 1.5, mean: \(hours(24, 1e5))}}, \(length())"
    }
    return "mtbf: \(hours(24, 1e6)), \(length())"
  }

  private mutating func busyFrequency(_ isShared: Bool) -> String {
    let mean = hours(80, 800)
    if isShared || happens(0.5) { return "mtbf: \(mean), \(length())" }
    let laws = [
      "{weibull: {shape: 0.8, mean: \(mean)}}", "{gamma: {shape: 3, mean: \(mean)}}",
      "{deterministic: \(mean)}", "{lognormal: {median: \(mean), error-factor: 3}}",
      "{uniform: {min: 1 h, max: \(mean)}}",
    ]
    return "lifetime: \(one(of: laws)), \(length())"
  }

  private mutating func length() -> String {
    let mean = hours(1, 20)
    return one(of: [
      "lasts: \(mean)", "lasts: {exponential: \(mean)}", "lasts: {lognormal: {median: \(mean), p90: 60 h}}",
      "detect: {exponential: 30 min}, respond: 20 min, recover: {weibull: {shape: 2, mean: \(mean)}}",
    ])
  }

  // MARK: Dependencies

  private mutating func dependencies(_ low: Int, _ high: Int) -> String {
    (0..<between(low, high)).map { dependency("g\($0)") }.joined(separator: ", ")
  }

  private mutating func dependency(_ label: String) -> String {
    let strength = happens(0.15) ? ", soft: 20 %" : ""
    let members = shuffledTargets()
    switch between(0, 3) {
    case 0 where members.count > 1:
      return "\(label): {any-of: [\(members[0]), \(members[1])]\(strength)}"
    case 1 where members.count > 2:
      let three = members.prefix(3).joined(separator: ", ")
      return "\(label): {at-least: \(between(1, 3)), of: [\(three)]\(strength)}"
    case 2 where members.count > 2:
      let inner = "{all-of: [\(members[0]), \(members[1])]}"
      return "\(label): {any-of: [\(inner), \(members[2])]\(strength)}"
    default: return "\(label): {all-of: [\(members[0])]\(strength)}"
    }
  }

  /// Everything that can be depended on, in a random order (Fisher and Yates).
  private mutating func shuffledTargets() -> [String] {
    var shuffled = targets
    for place in shuffled.indices.dropLast() {
      shuffled.swapAt(place, between(place, shuffled.count - 1))
    }
    return shuffled
  }

  private mutating func text() -> String {
    let first = dependencies(1, 2)
    let second = dependencies(2, 3)
    return (domains.isEmpty ? "" : "domains:\n\(domains)")
      + "components:\n\(components)capabilities:\n  first: {depends-on: {\(first)}}\n"
      + "  second: {depends-on: {\(second)}}\n"
  }
}
