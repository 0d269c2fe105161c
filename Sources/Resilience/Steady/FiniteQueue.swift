internal import Quantities
internal import Stochastics

/// The long run of a pool with a bounded queue, M/M/c/K: Poisson arrivals, exponential holding times, c slots and K calls
/// inside at most.
///
/// With B the loss of the c slots alone (Erlang B) and ρ = A / c, the states above c have the weights B ρʲ, so
/// P(K) = B ρ^(K − c) / (1 + B Σ ρʲ), j = 1 … K − c. With an empty queue this is Erlang B, which holds for any law of the
/// holding time; with a queue the exponential law is an assumption.
///
/// Source: Gross, Shortle, Thompson and Harris, "Fundamentals of queueing theory", 4th edition 2008, section 2.5.
public struct FiniteQueue: Hashable, Sendable {
  /// The share of calls that find it full.
  public let refusedShare: Double
  /// The mean number of calls that wait.
  public let meanWaiting: Double
  /// The mean number of calls in slots.
  public let meanBusy: Double

  /// The long run under an offered load, arrival rate times mean holding time.
  ///
  /// - Parameters:
  ///   - offered: at least 0.
  ///   - servers: c, at least 1.
  ///   - places: K − c, at least 0.
  /// - Complexity: O(servers + places).
  public init(offered: Double, servers: Int, places: Int) {
    precondition(servers >= 1 && places >= 0, "a queue has servers, and places are 0 or more")
    let lost = erlangB(offered: offered, servers: servers)
    let utilisation = offered / Double(servers)
    // Weights relative to the largest, so that none overflows.
    let (ratio, isOverloaded) = utilisation > 1 ? (1 / utilisation, true) : (utilisation, false)
    var (total, waiting, power) = (0.0, 0.0, 1.0)
    for step in 0..<places {
      let queued = Double(isOverloaded ? places - step : step + 1)
      if !isOverloaded { power *= ratio }
      total += power
      waiting += queued * power
      if isOverloaded { power *= ratio }
    }
    let whole = (isOverloaded ? portablePower(ratio, Double(places)) : 1) + lost * total
    let full = isOverloaded ? 1 : portablePower(ratio, Double(places))
    refusedShare = lost * full / whole
    meanWaiting = lost * waiting / whole
    meanBusy = offered * (1 - refusedShare)
  }

  /// The mean wait of a call that gets in, in units of the mean holding time.
  public var meanWaitInHoldingTimes: Double { meanBusy > 0 ? meanWaiting / meanBusy : 0 }
}

extension Pool {
  /// The long run of this pool.
  ///
  /// Up to `core` threads run before calls queue, but a full queue starts more, so the pool is taken as its slots and its
  /// queue; with `core` below `size` the refused share is a lower bound and the wait too short.
  ///
  /// - Parameter offered: arrival rate times mean holding time.
  public func longRun(offered: Double) -> FiniteQueue {
    FiniteQueue(offered: offered, servers: slots, places: queue)
  }

  /// The share of calls that wait for a slot for longer than the pool allows, for an unbounded queue: C e^(−(c − A) w / h),
  /// w the longest wait in holding times h. 1 from full load on; `nil` where calls do not wait.
  ///
  /// An upper bound for the share that gives up: here those who will give up stay in line until then.
  ///
  /// Source: Gross et al. 2008, section 2.3, the law of the wait in M/M/c.
  ///
  /// - Parameters:
  ///   - offered: arrival rate times mean holding time.
  ///   - holdingHours: the mean holding time, greater than 0.
  public func shareWaitingTooLong(offered: Double, holdingHours: Double) -> Double? {
    guard case .wait(let longest) = overflow else { return nil }
    let spare = Double(slots) - offered
    guard spare > 0 else { return 1 }
    return erlangC(offered: offered, servers: slots)
      * portableExp(-spare * longest.hours / holdingHours)
  }
}
