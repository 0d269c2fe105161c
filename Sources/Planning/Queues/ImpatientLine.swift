public import Quantities
internal import Resilience
internal import Stochastics

/// The long run of a queue whose requests give up: Poisson arrivals, exponential service, an unbounded queue. It always
/// settles, since whoever waits too long leaves.
public struct ImpatientLine: Hashable, Sendable {
  /// When a request that waits gives up.
  public enum Patience: Hashable, Sendable {
    /// After exactly this time, as a pool with a longest wait: M/M/c+D.
    case fixed(TimeSpan)
    /// After an exponential time with this mean: M/M/c+M, Erlang's A.
    case exponential(mean: TimeSpan)
  }

  /// What is asked.
  public let workload: Workload
  /// When a request gives up.
  public let patience: Patience
  /// The share of requests that find no server idle.
  public let waitingShare: Double
  /// The share of requests that give up.
  public let lostShare: Double
  /// The mean number of busy servers.
  public let meanBusy: Double
  /// The mean number that wait.
  public let meanWaiting: Double

  /// The long run; throws what is wrong with the patience.
  public init(_ workload: Workload, patience: Patience) throws(InvalidQuestion) {
    var check = QuestionCheck()
    let time =
      switch patience {
      case .fixed(let time), .exponential(let time): time
      }
    check.require(
      time > .zero, "queue-patience", "requests that never wait are refused at once",
      help: "--buffer 0, or --gives-up-after '2 s'")
    if case .exponential = patience, time > .zero {
      let crowd = (workload.offered - Double(workload.servers)) * time.hours / workload.service.hours
      check.require(
        crowd < 10_000_000, "queue-patience", "more than 10,000,000 would wait at once",
        help: "more servers, or less patience")
    }
    try check.finish()
    (self.workload, self.patience) = (workload, patience)
    let shares =
      switch patience {
      case .fixed(let time): ImpatientLine.fixed(workload, patienceHours: time.hours)
      case .exponential(let mean): ImpatientLine.exponential(workload, patienceHours: mean.hours)
      }
    (waitingShare, lostShare, meanWaiting) = (shares.waiting, shares.lost, shares.meanWaiting)
    meanBusy = workload.offered * (1 - shares.lost)
  }

  /// The mean wait of all requests, of those that give up as long as they stayed (Little).
  public var meanWaitHours: Double { meanWaiting / workload.arrivals.perHour }

  private typealias Shares = (waiting: Double, lost: Double, meanWaiting: Double)

  /// The wait of a request that would never give up has the density λ p e^(−δ v) up to the patience τ and λ p e^(λτ − cμv)
  /// beyond, δ = cμ − λ and p the share of time in which all but one server are busy; it gives up when that wait is longer.
  ///
  /// Source: Gnedenko and Kovalenko, "Introduction to queueing theory", 2nd edition 1989, chapter 1; Barrer 1957.
  private static func fixed(_ workload: Workload, patienceHours patience: Double) -> Shares {
    let rate = workload.arrivals.perHour
    let service = Double(workload.servers) / workload.service.hours
    let drain = service - rate
    // All weights relative to p, those beyond full load to its largest term.
    let scale = drain < 0 ? portableExp(drain * patience) : 1
    let atPatience = drain < 0 ? 1 : portableExp(-drain * patience)
    let within = timeWithin(drain, patience, scale: scale)
    let below = scale / erlangB(offered: workload.offered, servers: workload.servers - 1)
    let waiting = rate * (within + atPatience / service)
    let total = below + waiting
    let lost = rate * atPatience / service / total
    // Everybody waits for the lesser of the virtual wait and the patience.
    let served = rate * weightedTimeWithin(drain, patience, scale: scale) / total
    return (waiting / total, lost, rate * (served + lost * patience))
  }

  /// ∫ e^(−δ v) over 0 … τ, times the scale, which is e^(δτ) for negative δ.
  private static func timeWithin(_ drain: Double, _ patience: Double, scale: Double) -> Double {
    let exponent = drain * patience
    if abs(exponent) < 1e-9 { return patience * scale }
    return drain < 0 ? portableExpm1(exponent) / drain : -portableExpm1(-exponent) / drain
  }

  /// ∫ v e^(−δ v) over 0 … τ, times the scale.
  private static func weightedTimeWithin(_ drain: Double, _ patience: Double, scale: Double) -> Double {
    let exponent = drain * patience
    if abs(exponent) < 1e-3 {
      let series = 0.5 - exponent * (1 / 3.0 - exponent * (0.125 - exponent * (1 / 30.0 - exponent / 144)))
      return patience * patience * series * scale
    }
    let end = drain < 0 ? 1 : portableExp(-exponent)
    return (scale - end * (1 + exponent)) / (drain * drain)
  }

  /// Birth and death: with n − c waiting requests leave at c μ + (n − c) θ.
  ///
  /// Source: Palm 1957; Garnett, Mandelbaum and Reiman, "Designing a call center with impatient customers", Manufacturing &
  /// Service Operations Management 4 (2002).
  private static func exponential(_ workload: Workload, patienceHours patience: Double) -> Shares {
    let offered = workload.offered
    // In units of the service: each waiting request leaves at the rate service / patience.
    let leaving = workload.service.hours / patience
    let servers = Double(workload.servers)
    let below = 1 / erlangB(offered: offered, servers: workload.servers - 1)
    var sums = StateSums()
    sums.add(below, busy: 0, waiting: 0)
    var waiting = 0.0
    while true {
      sums.step(offered / (servers + waiting * leaving))
      sums.add(1, busy: 1, waiting: waiting)
      let isFalling = offered < servers + waiting * leaving
      if isFalling, sums.weight < 1e-18 * sums.total { break }
      waiting += 1
    }
    let meanWaiting = sums.waiting / sums.total
    return (sums.busy / sums.total, leaving * meanWaiting / offered, meanWaiting)
  }
}
