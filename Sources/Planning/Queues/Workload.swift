public import Quantities

/// Requests that come to servers which each work on one at a time.
public struct Workload: Hashable, Sendable {
  /// Requests a time.
  public let arrivals: Rate
  /// The mean time that a server works on one.
  public let service: TimeSpan
  /// Servers, at least 1.
  public let servers: Int

  /// The most servers that a question may have.
  public static let mostServers = 1_000_000

  /// A workload; throws everything that is wrong with it.
  public init(arrivals: Rate, service: TimeSpan, servers: Int) throws(InvalidQuestion) {
    var check = QuestionCheck()
    check.require(
      arrivals.perHour > 0, "queue-arrivals", "no arrivals; expected a rate", help: "--arrivals '50 /s'")
    check.require(
      service > .zero, "queue-service", "a service of no time; expected a duration",
      help: "--service '30 ms'")
    check.require(
      (1...Workload.mostServers).contains(servers), "queue-servers",
      "\(servers) servers; expected 1 to 1,000,000", help: "--servers 4")
    try check.finish()
    (self.arrivals, self.service, self.servers) = (arrivals, service, servers)
  }

  /// The mean number of servers that the work keeps busy, λ s: by Little's law also where requests wait.
  ///
  /// Worked: 50 a second of 30 ms are 1.5 erlang. Source: Little 1961.
  public var offered: Double { arrivals.perHour * service.hours }

  /// The share of the servers' time that is asked for; from 1 on, more than they can do.
  public var utilization: Double { offered / Double(servers) }
}
