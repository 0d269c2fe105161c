internal import Diagnostics
internal import ServiceGraph

/// Makes the law of a basic event from its settings.
struct GalileoEvent {
  private static let keys = [
    "lambda", "dorm", "prob", "phases", "rate", "shape", "mean", "stddev", "cov", "res", "repl", "repair",
    "interval",
  ]
  /// Settings that are known and have no part in what is computed, as in Storm.
  private static let passedOver: Set = ["cov", "res", "interval"]

  /// The dormancy stated.
  private(set) var dormancy: Double?
  private var values: [String: Double] = [:]
  private var places: [String: Place] = [:]
  private let event: GalileoStatements.Event

  /// Reads the numbers of an event.
  init(
    _ event: GalileoStatements.Event, _ parameters: [String: Double?], _ findings: inout FindingList
  ) {
    self.event = event
    for setting in event.settings {
      guard GalileoEvent.keys.contains(setting.key) else {
        let near =
          findings.wantsSuggestions ? nearestName(to: setting.key, among: GalileoEvent.keys) : nil
        findings.add(
          "unknown-setting", "`\(setting.key.shortened)` is no setting of a basic event", at: setting.place,
          help: near.map { "\($0)=\(setting.value.text)" } ?? GalileoEvent.keys.joined(separator: ", "))
        continue
      }
      if places[setting.key] != nil {
        findings.add(
          "duplicate-setting", "`\(setting.key)` is set twice", at: setting.place, help: "delete one")
      }
      places[setting.key] = setting.place
      values[setting.key] = GalileoEvent.value(setting.value, parameters, &findings)
      if GalileoEvent.passedOver.contains(setting.key) {
        findings.warn("passed-over", "`\(setting.key)` has no effect here", at: setting.place)
      }
    }
    dormancy = values["dorm"]
    checkRanges(&findings)
  }

  private static func value(
    _ token: GalileoScanner.Token, _ parameters: [String: Double?], _ findings: inout FindingList
  ) -> Double? {
    let text = token.word ?? ""
    if let number = NumberForm.double(text) { return number }
    switch parameters[text] {
    case .some(.some(let value)): return value
    case .some(.none):
      findings.add(
        "no-value", "the parameter `\(text)` has no value", at: token.place, help: "param \(text) = 0.5;")
    case nil:
      let near =
        findings.wantsSuggestions ? nearestName(to: text, among: parameters.keys.sorted().prefix(5_000)) : nil
      findings.add("bad-number", "\(token.text) where a number was expected", at: token.place, help: near)
    }
    return nil
  }

  private func checkRanges(_ findings: inout FindingList) {
    func check(_ key: String, _ expected: String, _ isRight: (Double) -> Bool) {
      guard let value = values[key], let place = places[key], !isRight(value) else { return }
      let slug = key == "prob" ? "probability-out-of-range" : "impossible-number"
      findings.add(slug, "`\(key)` is \(value); \(expected)", at: place)
    }
    check("lambda", "a rate can not be negative") { $0 >= 0 }
    check("dorm", "a dormancy lies between 0 and 1") { $0 >= 0 && $0 <= 1 }
    check("prob", "a probability lies between 0 and 1") { $0 >= 0 && $0 <= 1 }
    check("phases", "a whole number from 1 to 1,000,000 was expected") {
      $0 >= 1 && $0 <= 1_000_000 && $0 == $0.rounded()
    }
    check("shape", "a shape is above 0") { $0 > 0 }
    check("rate", "the rate of a Weibull law is above 0") { $0 > 0 }
    check("stddev", "a standard deviation is above 0") { $0 > 0 }
    check("repair", "a rate can not be negative") { $0 >= 0 }
    check("repl", "copies of an event are not read; write each as an event of its own") { $0 == 1 }
  }

  /// The law; ``EventLaw/unknown`` when it is not stated.
  func law(_ table: inout ExpressionTable, _ findings: inout FindingList) -> EventLaw {
    let laws = [("prob", ["prob"]), ("lambda", ["lambda", "phases"]), ("Weibull", ["shape", "rate"])]
    let all = laws + [("lognormal", ["mean", "stddev"])]
    let stated = all.filter { law in law.1.contains { places[$0] != nil } }
    guard let law = stated.first, stated.count == 1 else {
      if stated.count > 1 {
        findings.add(
          "two-laws",
          "`\(event.name.shortened)` has several laws: \(stated.map(\.0).joined(separator: ", "))",
          at: event.place, help: "keep one of them")
      }
      return .unknown
    }
    for key in law.1 where places[key] == nil && key != "phases" {
      findings.add(
        "missing-setting", "`\(event.name.shortened)` has no `\(key)`", at: event.place, help: "\(key)=…")
    }
    if values["repair"] ?? 0 > 0, law.0 != "lambda", let place = places["repair"] {
      findings.add(
        "impossible-number", "a repair goes with `lambda` only", at: place, help: "lambda=… repair=…")
    }
    return made(law.0, &table)
  }

  private func made(_ law: String, _ table: inout ExpressionTable) -> EventLaw {
    func constant(_ value: Double) -> Int { table.add(.constant(value)) }
    switch law {
    case "prob": return values["prob"].map { .expression(constant($0)) } ?? .unknown
    case "lambda":
      guard let rate = values["lambda"] else { return .unknown }
      let phases = values["phases"].flatMap { Int(exactly: $0) } ?? 1
      let repair = values["repair"].flatMap { $0 > 0 ? $0 : nil }
      return .erlang(rate: rate, phases: phases, dormancy: dormancy ?? 1, repairRate: repair)
    case "Weibull":
      guard let rate = values["rate"], let shape = values["shape"], rate > 0 else { return .unknown }
      let (scale, exponent, zero) = (constant(1 / rate), constant(shape), constant(0))
      let time = table.add(.missionTime)
      return .expression(table.add(.weibull(scale: scale, shape: exponent, location: zero, time: time)))
    default:
      guard let mean = values["mean"], let deviation = values["stddev"] else { return .unknown }
      let (location, spread) = (constant(mean), constant(deviation))
      let time = table.add(.missionTime)
      return .expression(table.add(.lognormalLifetime(location: location, spread: spread, time: time)))
    }
  }
}
