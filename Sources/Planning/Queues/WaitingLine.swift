internal import Resilience
internal import Quantities
internal import Stochastics

/// What becomes of a queue in the long run.
public enum LongRun<Answer: Sendable & Hashable>: Sendable, Hashable {
  /// It settles.
  case steady(Answer)
  /// More comes in than the servers can do: it grows without end, by so many requests an hour.
  case grows(perHour: Double)
}

/// The long run of M/M/c: Poisson arrivals, exponential service, an unbounded queue, first come first served.
///
/// Source: Gross, Shortle, Thompson and Harris, "Fundamentals of queueing theory", 4th edition 2008, section 2.3.
public struct WaitingLine: Hashable, Sendable {
  /// What is asked.
  public let workload: Workload
  /// The share of requests that wait, Erlang's C.
  public let waitingShare: Double

  /// The long run of a workload.
  public static func longRun(of workload: Workload) -> LongRun<WaitingLine> {
    guard workload.utilization < 1 else {
      return .grows(perHour: workload.arrivals.perHour - Double(workload.servers) / workload.service.hours)
    }
    return .steady(WaitingLine(steady: workload))
  }

  init(steady workload: Workload) {
    self.workload = workload
    waitingShare = erlangC(offered: workload.offered, servers: workload.servers)
  }

  /// The rate at which the line gets shorter while all servers are busy, c/s − λ, in 1/h.
  private var drainPerHour: Double {
    (Double(workload.servers) - workload.offered) / workload.service.hours
  }

  /// The mean wait, C / (c/s − λ); those that do not wait included.
  ///
  /// Worked: 75 /s of 10 ms at one server wait 30 ms.
  public var meanWaitHours: Double { waitingShare / drainPerHour }

  /// The mean time from arrival to answer.
  public var meanResponseHours: Double { meanWaitHours + workload.service.hours }

  /// The mean number that wait, λ Wq (Little).
  public var meanWaiting: Double { workload.arrivals.perHour * meanWaitHours }

  /// The mean number that wait or are served.
  public var meanInside: Double { meanWaiting + workload.offered }

  /// The share of time in which nobody is there, e⁻ᴬ / (Q(c + 1, A) + e⁻ᴬ tail): 1 / (Σ Aᵏ/k! (1 + B ρ/(1 − ρ))).
  public var emptyShare: Double {
    emptyShareOfServers(workload, placesSum: workload.utilization / (1 - workload.utilization))
  }

  /// The share of requests that find so many waiting already, C ρᴷ: of a bounded queue whose callers wait outside, those who do.
  public func blockedShare(places: Int) -> Double {
    waitingShare * portableExp(Double(places) * portableLog(workload.utilization))
  }

  /// The mean time that these wait outside, over all requests, C ρᴷ⁺¹ / ((1 − ρ) λ) (Little).
  public func blockedHours(places: Int) -> Double {
    blockedShare(places: places) * meanWaitHours / waitingShare
  }

  /// The share of requests that wait longer than this: C e^(−(c/s − λ) t).
  public func shareWaiting(longerThanHours hours: Double) -> Double {
    waitingShare * portableExp(-drainPerHour * max(0, hours))
  }

  /// The wait that a share of the requests does not exceed: 0 where so many do not wait at all, else
  /// log(C / (1 − p)) / (c/s − λ).
  ///
  /// - Parameter share: at least 0 and less than 1.
  public func waitQuantileHours(_ share: Double) -> Double {
    precondition(share >= 0 && share < 1, "a share is below 1")
    guard waitingShare > 1 - share else { return 0 }
    return portableLog(waitingShare / (1 - share)) / drainPerHour
  }
}

/// The share of time in which nobody is in a queue of exponential servers; Σ ρʲ over the places in the queue is given.
///
/// Σ Aᵏ/k! over k ≤ c is eᴬ Q(c + 1, A), Q the upper regularized gamma function.
func emptyShareOfServers(_ workload: Workload, placesSum: Double) -> Double {
  let offered = workload.offered
  let lost = erlangB(offered: offered, servers: workload.servers)
  let states = regularizedGammaQ(shape: Double(workload.servers) + 1, x: offered)
  return portableExp(-offered) / (states * (1 + lost * placesSum))
}
