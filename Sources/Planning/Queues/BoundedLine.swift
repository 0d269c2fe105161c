internal import Quantities
public import Resilience

/// The long run of M/M/c/K: a queue with so many places, and requests that find it full are refused.
///
/// Source: Gross et al. 2008, section 2.5. With no places it is Erlang's loss system, which holds for any law of service.
public struct BoundedLine: Hashable, Sendable {
  /// What is asked.
  public let workload: Workload
  /// Places in the queue, K − c.
  public let places: Int
  /// Shares and means.
  public let queue: FiniteQueue

  /// The long run; throws everything that is wrong with the number of places.
  public init(_ workload: Workload, places: Int) throws(InvalidQuestion) {
    var check = QuestionCheck()
    check.require(
      (0...10_000_000).contains(places), "queue-buffer", "\(places) places; expected 0 to 10,000,000",
      help: "--buffer 100")
    try check.finish()
    self.workload = workload
    self.places = places
    queue = FiniteQueue(offered: workload.offered, servers: workload.servers, places: places)
  }

  /// Requests an hour that get in.
  public var acceptedPerHour: Double { workload.arrivals.perHour * (1 - queue.refusedShare) }

  /// The mean wait of a request that gets in.
  public var meanWaitHours: Double { queue.meanWaitInHoldingTimes * workload.service.hours }

  /// The mean time from arrival to answer of a request that gets in.
  public var meanResponseHours: Double { meanWaitHours + workload.service.hours }

  /// The mean number that wait or are served.
  public var meanInside: Double { queue.meanWaiting + queue.meanBusy }

  /// The share of time in which nobody is there.
  public var emptyShare: Double {
    let ratio = workload.utilization
    var (sum, power) = (0.0, 1.0)
    for _ in 0..<places where power > 0 {
      power *= ratio
      sum += power
    }
    return emptyShareOfServers(workload, placesSum: sum)
  }
}
