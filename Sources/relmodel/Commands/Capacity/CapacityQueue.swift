import ArgumentParser
import Diagnostics
import Planning
import Quantities
import Reports

/// `relmodel capacity queue`.
struct CapacityQueue: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "queue", abstract: "Waits, refusals and servers needed, from arrivals and service.",
    discussion: "relmodel capacity queue --arrivals 50 /s --service 30 ms --servers 4")

  @Option(parsing: .upToNextOption, help: "Requests a time, such as 50 /s.")
  var arrivals: [String]

  @Option(parsing: .upToNextOption, help: "The mean time one takes, such as 30 ms.")
  var service: [String]

  @Option(help: "How many are worked on at once.")
  var servers: Int

  @Option(help: "Places in the queue; without it there is no bound.")
  var buffer: Int?

  @Option(
    help:
      "Threads that run before work queues; further ones start once the queue is full. All of the servers.")
  var core: Int?

  @Option(
    help: "What becomes of work that finds no place: reject, caller-runs, drop-oldest or block; reject.")
  var overflow: Overflow?

  enum Overflow: String, ExpressibleByArgument {
    case reject
    case callerRuns = "caller-runs"
    case dropOldest = "drop-oldest"
    case block
  }

  @Option(parsing: .upToNextOption, help: "A request that waits this long gives up, such as 2 s.")
  var givesUpAfter: [String] = []

  @Option(help: "The law of that time: fixed or exponential; fixed.")
  var patience: Patience?

  enum Patience: String, ExpressibleByArgument { case fixed, exponential }

  @Option(help: "Standard deviation over mean of the time between arrivals; 1.")
  var cvArrivals: Double?

  @Option(help: "Standard deviation over mean of the service; 1.")
  var cvService: Double?

  @Option(parsing: .upToNextOption, help: "At least this share …, such as 95 %; tells the servers needed.")
  var share: [String] = []

  @Option(parsing: .upToNextOption, help: "… is to wait no longer than this; 0 s.")
  var within: [String] = []

  @OptionGroup var output: OutputOptions

  func validate() throws {
    let isGeneral = cvArrivals != nil || cvService != nil
    if isGeneral, buffer != nil || !givesUpAfter.isEmpty {
      throw ValidationError(
        "--buffer and --gives-up-after are answered for exponential laws only; leave --cv-arrivals and --cv-service out"
      )
    }
    if buffer == nil, core != nil || overflow != nil {
      throw ValidationError("--core and --overflow need a bounded queue: --buffer 100")
    }
    if core != nil, overflow == .dropOldest || overflow == .block {
      throw ValidationError("--overflow \(overflow?.rawValue ?? "") is answered without --core only")
    }
    if buffer != nil, !givesUpAfter.isEmpty {
      throw ValidationError("--gives-up-after is answered for an unbounded queue; leave --buffer out")
    }
    if patience != nil, givesUpAfter.isEmpty {
      throw ValidationError("--patience needs a time: --gives-up-after 2 s")
    }
    if share.isEmpty, !within.isEmpty { throw ValidationError("--within needs a share: --share 95 %") }
    if !share.isEmpty, buffer != nil || isGeneral || !givesUpAfter.isEmpty {
      throw ValidationError("--share is answered for exponential laws and an unbounded queue only")
    }
  }

  func run() throws {
    let rate = try QuantityArgument.rate("--arrivals", arrivals.joined(separator: " "))
    let span = try QuantityArgument.span("--service", service.joined(separator: " "))
    do {
      var question = QueueReport.Question(
        try Workload(arrivals: rate, service: span, servers: servers))
      (question.places, question.arrivalsCV, question.serviceCV) = (buffer, cvArrivals, cvService)
      question.core = core
      switch overflow {
      case .callerRuns: question.overflow = .callerRuns
      case .dropOldest: question.overflow = .dropOldest
      case .block: question.overflow = .block
      case .reject, nil: break
      }
      question.patience = try statedPatience()
      question.promise = try promise()
      let report = try QueueReport(question)
      try output.print(report.document, json: report.json)
    } catch let error as InvalidQuestion {
      throw error.asFindings
    }
  }

  private func statedPatience() throws -> ImpatientLine.Patience? {
    guard !givesUpAfter.isEmpty else { return nil }
    let time = try QuantityArgument.span("--gives-up-after", givesUpAfter.joined(separator: " "))
    return patience == .exponential ? .exponential(mean: time) : .fixed(time)
  }

  private func promise() throws -> (share: Double, wait: TimeSpan)? {
    guard !share.isEmpty else { return nil }
    let wait =
      within.isEmpty
      ? TimeSpan.zero : try QuantityArgument.span("--within", within.joined(separator: " "))
    return (try QuantityArgument.share("--share", share.joined(separator: " ")), wait)
  }
}
