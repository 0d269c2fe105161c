import ArgumentParser
import Planning
import Quantities
import Reports

/// `relmodel capacity staffing`.
struct CapacityStaffing: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "staffing",
    abstract:
      "How many servers a promise about waiting needs, how busy so many may be, and the square-root rule.",
    discussion: """
      relmodel capacity staffing --arrivals 200 /h --service 3 min --share 80 % --within 20 s
      relmodel capacity staffing --servers 4 --waiting 30 %
      relmodel capacity staffing --beta 0.5
      """)

  @Option(parsing: .upToNextOption, help: "Requests a time, such as 50 /s.")
  var arrivals: [String] = []

  @Option(parsing: .upToNextOption, help: "The mean time one takes, such as 30 ms.")
  var service: [String] = []

  @Option(parsing: .upToNextOption, help: "At least this share …")
  var share: [String] = []

  @Option(parsing: .upToNextOption, help: "… waits no longer than this; 0 s.")
  var within: [String] = []

  @Option(help: "So many servers: how busy may they be …")
  var servers: Int?

  @Option(parsing: .upToNextOption, help: "… for no more than this share to wait at all.")
  var waiting: [String] = []

  @Option(help: "A + β √A servers in a large system: the share that waits.")
  var beta: Double?

  @OptionGroup var output: OutputOptions

  func validate() throws {
    let asked = [!arrivals.isEmpty || !service.isEmpty || !share.isEmpty, servers != nil, beta != nil]
    guard asked.count(where: { $0 }) == 1 else {
      throw ValidationError(
        "expected one question: --arrivals with --service and --share, or --servers with --waiting, or --beta"
      )
    }
    if asked[0], arrivals.isEmpty || service.isEmpty || share.isEmpty {
      throw ValidationError("expected --arrivals, --service and --share together")
    }
    if !within.isEmpty, !asked[0] { throw ValidationError("--within needs a share: --share 95 %") }
    if (servers == nil) != waiting.isEmpty {
      throw ValidationError("expected --servers and --waiting together: --servers 4 --waiting 30 %")
    }
    if let servers, !(1...Workload.mostServers).contains(servers) {
      throw ValidationError("--servers \(servers): expected 1 to 1,000,000")
    }
    if let beta, !(beta > 0 && beta <= 10) {
      throw ValidationError("--beta \(beta): expected more than 0 and at most 10")
    }
  }

  func run() throws {
    let report = StaffingReport(try question())
    try output.print(report.document, json: report.json)
  }

  private func question() throws -> StaffingReport.Question {
    if let beta { return .squareRoot(beta: beta) }
    if let servers {
      return .headroom(
        servers: servers,
        waitingShare: try QuantityArgument.share("--waiting", waiting.joined(separator: " ")))
    }
    let rate = try QuantityArgument.rate("--arrivals", arrivals.joined(separator: " "))
    let span = try QuantityArgument.span("--service", service.joined(separator: " "))
    do {
      let workload = try Workload(arrivals: rate, service: span, servers: 1)
      return .promise(
        workload, share: try QuantityArgument.share("--share", share.joined(separator: " ")),
        within: within.isEmpty
          ? .zero : try QuantityArgument.span("--within", within.joined(separator: " ")))
    } catch let error as InvalidQuestion {
      throw error.asFindings
    }
  }
}
