internal import FoundationEssentials
internal import Quantities
internal import Stochastics

/// What `solve` or `simulate` once printed as JSON, as far as it can be compared.
public struct SavedAnswer: Sendable {
  /// A number with the interval it was told with.
  struct Number: Decodable, Sendable {
    let value: Double?
    let low: Double?
    let high: Double?
    let unknown: String?
  }

  /// The figures of a capability.
  struct Capability: Decodable, Sendable {
    let unavailability: Number?
    let downtimeHoursPerYear: Number?
    let outagesPerYear: Number?
  }

  /// How a simulation was run, so that it can be run again.
  public struct Plan: Sendable, Hashable {
    /// The replications that were asked for.
    public let replications: Int
    /// The years of each.
    public let years: Double
    /// The seed.
    public let seed: UInt64
    /// Whether it began new or in the long run.
    public let start: String
  }

  private struct Results: Decodable {
    let capabilities: [String: Capability]
    let replications: Int?
    let years: Double?
    let seed: String?
    let start: String?
  }

  private struct Envelope: Decodable {
    let format: String
    let command: String
    let model: String
    let results: Results
  }

  /// The command, such as `simulate`.
  public let command: String
  /// The model's name.
  public let model: String
  /// How it was simulated; `nil` for an exact answer.
  public let plan: Plan?
  let capabilities: [String: Capability]

  /// Reads what a command printed; `nil` when it is no answer of `solve` or `simulate`.
  public init?(json text: String) {
    guard let envelope = try? JSONDecoder().decode(Envelope.self, from: Data(text.utf8)),
      envelope.format == "relmodel/1"
    else { return nil }
    let results = envelope.results
    (command, model, capabilities) = (envelope.command, envelope.model, results.capabilities)
    plan = results.replications.flatMap { replications in
      guard let years = results.years, let seed = results.seed.flatMap({ UInt64($0) }),
        let start = results.start
      else { return nil }
      return Plan(replications: replications, years: years, seed: seed, start: start)
    }
  }

  /// What is compared of each capability.
  static let figures: [(key: String, label: String, unit: String)] = [
    ("unavailability", "Availability", "1"), ("downtimeHoursPerYear", "Downtime a year", "h/y"),
    ("outagesPerYear", "Outages a year", "1/y"),
  ]

  func number(_ key: String, of capability: String) -> Number? {
    guard let own = capabilities[capability] else { return nil }
    switch key {
    case "unavailability": return own.unavailability
    case "downtimeHoursPerYear": return own.downtimeHoursPerYear
    default: return own.outagesPerYear
    }
  }
}

extension SavedAnswer.Number {
  /// As people read it.
  func text(_ key: String) -> String {
    guard let value else { return "unknown" }
    let own = Self.text(value, key)
    guard let low, let high, low < high else { return own }
    return key == "unavailability"
      ? "\(own) (\(Self.text(high, key)) – \(Self.text(low, key)))"
      : "\(own) (\(Self.text(low, key)) – \(Self.text(high, key)))"
  }

  private static func text(_ value: Double, _ key: String) -> String {
    switch key {
    case "unavailability": Availability(unavailability: min(1, max(0, value)))?.text(digits: 4) ?? ""
    case "downtimeHoursPerYear": TimeSpan(hours: max(0, value))?.description ?? ""
    default: significant(value, digits: 3)
    }
  }

  var json: JSONValue {
    guard let value else { return unknownJSON(unknown ?? "not told") }
    var members: [String: JSONValue] = ["value": .number(value)]
    members["low"] = low.map { .number($0) }
    members["high"] = high.map { .number($0) }
    return .object(members)
  }
}
