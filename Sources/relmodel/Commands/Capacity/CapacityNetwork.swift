import ArgumentParser
import Diagnostics
import Planning
import Quantities
import Reports

/// `relmodel capacity network`.
struct CapacityNetwork: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "network",
    abstract: "Throughput, response and bottleneck of customers that go round a network of stations.",
    discussion: """
      relmodel capacity network --customers 10 --think 1 s --demand cpu=9.8ms --demand disk=2.5ms
      relmodel capacity network demands.csv
      """)

  @Argument(
    help: "A CSV file: a column for each class, rows customers, think, and one for each station.")
  var file: String?

  @Option(help: "How many customers go round.")
  var customers: Int?

  @Option(parsing: .upToNextOption, help: "How long each thinks between an answer and the next request; 0 s.")
  var think: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: "What one round takes at a station, without waiting: cpu=9.8 ms; repeatable.")
  var demand: [String] = []

  @Option(help: "exact or schweitzer; exact as far as the number of populations allows.")
  var method: Method?

  enum Method: String, ExpressibleByArgument { case exact, schweitzer }

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if file != nil, customers != nil || !think.isEmpty || !demand.isEmpty {
      throw ValidationError("a file states customers, think and demands; leave the options out")
    }
    if file == nil, customers == nil || demand.isEmpty {
      throw ValidationError("expected a file, or --customers 10 and --demand cpu=9.8ms")
    }
  }

  func run() throws {
    do {
      let network = try file.map { try NamedNetwork(path: $0) } ?? stated()
      if method == .exact, !network.network.allowsExactAnswer {
        throw ValidationError("these are too many populations to go through; --method schweitzer")
      }
      let report = NetworkReport(
        network, method: method.map { $0 == .exact ? .exact : .schweitzer })
      try output.print(report.document, json: report.json)
    } catch let error as InvalidQuestion {
      throw error.asFindings
    }
  }

  private func stated() throws -> NamedNetwork {
    var stations: [(name: String, hours: Double)] = []
    for text in demand.joined(separator: " ").split(separator: ";").flatMap({ statedDemands(String($0)) }) {
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2 else {
        throw ValidationError("--demand: “\(text)” is no station with a time; for example cpu=9.8ms")
      }
      stations.append((parts[0], try QuantityArgument.span("--demand", parts[1]).hours))
    }
    let own = ClosedNetwork.CustomerClass(
      customers: customers ?? 0,
      thinkHours: think.isEmpty
        ? 0 : try QuantityArgument.span("--think", think.joined(separator: " ")).hours,
      demandHours: stations.map(\.hours))
    return NamedNetwork(
      try ClosedNetwork([own]), stations: stations.map(\.name), classes: ["customers"])
  }

  /// `cpu=9.8 ms disk=2.5 ms` as two: a word with an equals sign begins the next.
  private func statedDemands(_ text: String) -> [String] {
    text.split(separator: " ").reduce(into: [String]()) { found, word in
      if word.contains("=") || found.isEmpty {
        found.append(String(word))
      } else {
        found[found.count - 1] += " \(word)"
      }
    }
  }
}
