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
    if buffer != nil, cvArrivals != nil || cvService != nil {
      throw ValidationError(
        "--buffer is answered for exponential laws only; leave --cv-arrivals and --cv-service out")
    }
    if share.isEmpty, !within.isEmpty { throw ValidationError("--within needs a share: --share 95 %") }
    if !share.isEmpty, buffer != nil || cvArrivals != nil || cvService != nil {
      throw ValidationError("--share is answered for exponential laws and an unbounded queue only")
    }
  }

  func run() throws {
    let rate = try parsed("--arrivals", arrivals) { text throws(QuantityError) in try Rate(parsing: text) }
    let span = try parsed("--service", service) { text throws(QuantityError) in try TimeSpan(parsing: text) }
    do {
      var question = QueueReport.Question(
        try Workload(arrivals: rate, service: span, servers: servers))
      (question.places, question.arrivalsCV, question.serviceCV) = (buffer, cvArrivals, cvService)
      question.promise = try promise()
      let report = try QueueReport(question)
      try output.print(report.document, json: report.json)
    } catch let error as InvalidQuestion {
      throw error.asFindings
    }
  }

  private func promise() throws -> (share: Double, wait: TimeSpan)? {
    guard !share.isEmpty else { return nil }
    let part = try parsed("--share", share) { text throws(QuantityError) in try Probability(parsing: text) }
    guard part.value > 0, part.value < 1 else {
      throw ValidationError("--share: expected more than 0 % and less than 100 %")
    }
    let wait =
      within.isEmpty
      ? TimeSpan.zero
      : try parsed("--within", within) { text throws(QuantityError) in try TimeSpan(parsing: text) }
    return (part.value, wait)
  }

  private func parsed<Value>(
    _ option: String, _ words: [String], _ parse: (String) throws(QuantityError) -> Value
  ) throws -> Value {
    do throws(QuantityError) {
      return try parse(words.joined(separator: " "))
    } catch {
      throw ValidationError("\(option): \(error.message)\(error.help.map { "; for example \($0)" } ?? "")")
    }
  }
}
