public import Quantities
internal import Resilience
internal import Stochastics

/// How many servers a promise needs.
public enum Staffing {
  /// The fewest servers at which no more than a share of the requests waits longer than a time; `nil` where more than
  /// a million would be needed.
  ///
  /// Erlang's B is carried from one number of servers to the next, so the search costs as much as one answer. Worked:
  /// 100 calls in 30 min of 3 min each, 80 % within 20 s: 14 servers.
  ///
  /// - Parameter share: greater than 0 and less than 1.
  public static func servers(
    arrivals: Rate, service: TimeSpan, share: Double, waitLongerThan wait: TimeSpan
  ) -> Int? {
    let offered = arrivals.perHour * service.hours
    guard offered > 0, offered < Double(Workload.mostServers) else { return offered == 0 ? 1 : nil }
    var (servers, lost) = (0, 1.0)
    while servers < Workload.mostServers {
      servers += 1
      lost = offered * lost / (Double(servers) + offered * lost)
      let spare = Double(servers) - offered
      guard spare > 0 else { continue }
      let waiting = lost / (1 - offered / Double(servers) * (1 - lost))
      if waiting * portableExp(-spare * wait.hours / service.hours) <= share { return servers }
    }
    return nil
  }

  /// The share that waits in a large system with A + β √A servers: 1 / (1 + β Φ(β)/φ(β)).
  ///
  /// Worked: β = 0.5 makes 50.454 % wait. Source: Halfin and Whitt, "Heavy-traffic limits for queues with many
  /// exponential servers", Operations Research 29 (1981), equation 2.3.
  ///
  /// - Parameter beta: greater than 0.
  public static func waitingShare(beta: Double) -> Double {
    let density = portableExp(-beta * beta / 2) / (2 * Double.pi).squareRoot()
    return 1 / (1 + beta * normalCDF(beta) / density)
  }

  /// The servers of the square-root rule, A + β √A rounded up, at which about a share waits.
  ///
  /// - Parameters:
  ///   - offered: A, in erlang; greater than 0.
  ///   - share: greater than 0 and less than 1.
  public static func squareRootServers(offered: Double, waitingShare share: Double) -> Int {
    let beta = bisection(0, 40) { waitingShare(beta: $0) > share }
    return Int((offered + beta * offered.squareRoot()).rounded(.up))
  }

  /// The highest utilization of so many servers at which no more than a share waits.
  ///
  /// Worked: 30 % at 4 servers allow 0.61003, a headroom of 0.38997.
  public static func utilization(servers: Int, waitingShare share: Double) -> Double {
    bisection(0, 1) { erlangC(offered: $0 * Double(servers), servers: servers) <= share }
  }

  /// Where a property that holds at the start and not at the end is lost.
  private static func bisection(_ start: Double, _ end: Double, _ holds: (Double) -> Bool) -> Double {
    var (low, high) = (start, end)
    for _ in 0..<100 {
      let middle = (low + high) / 2
      if holds(middle) { low = middle } else { high = middle }
    }
    return low
  }
}
