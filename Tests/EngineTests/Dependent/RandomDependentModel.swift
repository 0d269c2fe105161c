import Stochastics

/// The text of a small random model whose failures wait for crews, stand by or share their load. All laws are
/// exponential, so that the exact engine approximates nothing. The same number gives the same text.
struct RandomDependentModel {
  private var stream: RandomStream
  private var names: [String] = []
  private var components = ""

  /// The text of the model with this number.
  static func text(number: Int) -> String {
    var model = RandomDependentModel(number: number)
    for index in 0..<model.between(2, 3) { model.addComponent("c\(index)") }
    return model.text()
  }

  private init(number: Int) {
    stream = RandomStream(
      seed: 2026, process: ProcessKey(name: "random dependent model"), replication: UInt32(number))
  }

  // MARK: Luck

  private mutating func happens(_ probability: Double) -> Bool { stream.uniform() < probability }

  private mutating func between(_ low: Int, _ high: Int) -> Int {
    low + Int(stream.nextBits() % UInt64(high - low + 1))
  }

  /// Hours between `low` and `high`, evenly on a logarithmic scale.
  private mutating func hours(_ low: Double, _ high: Double) -> String {
    let value = low * portablePower(high / low, stream.uniform())
    return "\((value * 100).rounded() / 100) h"
  }

  // MARK: Parts

  private mutating func addComponent(_ name: String) {
    let count = between(1, 4)
    let running = happens(0.5) && count > 1 ? between(1, count - 1) : count
    var lines = ["  \(name):"]
    lines.append("    replicas: {count: \(count), required: \(between(1, running))}")
    if running < count { lines.append("    standby: {\(standby(running: running))}") }
    if running > 1, happens(0.4) { lines.append("    load-sharing: \(loadSharing(running: running))") }
    lines.append("    fails:")
    for number in 1...between(1, 2) { lines.append("      m\(number): {\(mode())}") }
    components += lines.joined(separator: "\n") + "\n"
    names.append(name)
  }

  private mutating func standby(running: Int) -> String {
    let dormancy = ["cold", "hot", "\(between(5, 80)) %"][between(0, 2)]
    var parts: [String] = []
    if happens(0.6) { parts.append("takes: {exponential: \(hours(0.5, 5))}") }
    if happens(0.6) {
      parts.append("works: \(between(50, 95)) %")
      if happens(0.5) { parts.append("manual: {exponential: \(hours(2, 20))}") }
    }
    let move = parts.isEmpty ? "" : ", switch: {\(parts.joined(separator: ", "))}"
    return "running: \(running), dormancy: \(dormancy)\(move)"
  }

  private mutating func loadSharing(running: Int) -> String {
    if happens(0.5) { return "{exponent: \(between(1, 2))}" }
    let factors = (0..<running).map { 1 + $0 * between(0, 2) }
    return "{factors: \(factors)}"
  }

  private mutating func mode() -> String {
    let mtbf = "mtbf: \(hours(60, 400))"
    guard happens(0.75) else { return "\(mtbf), lasts: {exponential: \(hours(3, 25))}" }
    let crew = ["patient", "hasty"][between(0, 1)]
    let detects = happens(0.4)
    let length = "{exponential: \(hours(3, 25))}"
    let outage = detects ? "detect: {exponential: \(hours(1, 8))}, recover: \(length)" : "lasts: \(length)"
    return "\(mtbf), \(outage), crew: \(crew), priority: \(between(1, 3))"
  }

  private mutating func text() -> String {
    let crews = "crews: {patient: \(between(1, 2)), hasty: {count: 1, preempts: yes}}\n"
    let zone = "domains: {z: {kind: zone, fails: {outage: {mtbf: 700 h, lasts: {exponential: 9 h}}}}}\n"
    let placed = happens(0.3) ? "  n: {in: z, fails: {m: {mtbf: 300 h, lasts: {exponential: 6 h}}}}\n" : ""
    let all = names + (placed.isEmpty ? [] : ["n"])
    let alone = names.map { "  \($0): {depends-on: {\($0): hard}}\n" }.joined()
    let list = all.joined(separator: ", ")
    return (placed.isEmpty ? "" : zone) + crews + "components:\n\(components)\(placed)capabilities:\n\(alone)"
      + "  all: {depends-on: {g: {all-of: [\(list)]}}}\n"
      + "  any: {depends-on: {g: {any-of: [\(list)]}}}\n"
  }
}
