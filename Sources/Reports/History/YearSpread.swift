internal import Economics
internal import Quantities
public import Simulation
internal import Stochastics

/// The downtime of a horizon, once by luck alone with the numbers as they are, once with what is not known of them.
public struct YearSpread: Sendable {
  private let luck: [Double]
  private let both: ClusteredSample
  private let draws: Int
  private let perDraw: Int
  private let years: Double

  private static let percentiles = [("p50", 0.5), ("p90", 0.9), ("p99", 0.99)]

  /// Of one capability; `nil` where too few draws were simulated.
  ///
  /// - Parameters:
  ///   - estimate: what the simulation with the numbers as they are found.
  ///   - drawn: the replications whose numbers were drawn.
  ///   - years: the length of a replication.
  public init?(_ estimate: CapabilityEstimate, _ drawn: DrawnDowntime, capability: Int, years: Double) {
    guard drawn.hours.indices.contains(capability) else { return nil }
    let hours = drawn.hours[capability]
    guard hours.count >= 2 * drawn.perDraw else { return nil }
    let quantiles = estimate.downtimeHoursQuantiles
    luck = [quantiles.p50, quantiles.p90, quantiles.p99]
    both = ClusteredSample(hours, groupSize: drawn.perDraw)
    (draws, perDraw, self.years) = (hours.count / drawn.perDraw, drawn.perDraw, years)
  }

  private var horizon: String { years == 1 ? "a year" : "\(shortest(years)) years" }

  private var drawn: [Estimate?] { Self.percentiles.map { both.quantile($0.1) } }

  /// A table of both.
  var table: Document.Block {
    func row(_ name: String, _ hours: [Double?]) -> [Document.Cell] {
      [Document.Cell(name)]
        + hours.map { hours in
          hours.map { Document.Cell(HistoryText.span($0), number: $0) } ?? Document.Cell("unknown")
        }
    }
    return .table(
      Document.Table(
        columns: ["Downtime in \(horizon)"] + Self.percentiles.map(\.0),
        cells: [
          row("by luck, numbers as they are", luck.map { $0 }),
          row("by luck and what is not known", drawn.map { $0?.value }),
        ]))
  }

  /// How much of the second row's spread is what is not known.
  var sentence: String {
    let basis = "\(grouped(draws)) draws of the numbers, \(perDraw) replications each"
    guard let share = both.shares?.between else { return "By \(basis)." }
    return "Of how \(horizon) varies, \(percentage(share.value)) is what is not known "
      + "(\(percentage(share.low)) – \(percentage(share.high))) and the rest luck; \(basis)."
  }

  /// The same for programs.
  var json: JSONValue {
    let names = Self.percentiles.map(\.0)
    func object(_ values: [JSONValue]) -> JSONValue {
      .object(Dictionary(zip(names, values)) { first, _ in first })
    }
    var members: [String: JSONValue] = [
      "years": .number(years), "draws": .integer(draws), "perDraw": .integer(perDraw),
      "luckHours": object(luck.map { .number($0) }),
      "luckAndUnknownHours": object(
        drawn.map { $0?.json(unit: "h") ?? unknownJSON("no replication was simulated") }),
    ]
    if let share = both.shares?.between { members["shareUnknown"] = share.json(unit: "1") }
    return .object(members)
  }
}
