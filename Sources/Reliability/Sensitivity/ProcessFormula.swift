internal import ServiceGraph
internal import Stochastics

/// The long-run numbers of one renewal process as functions of the parameters.
struct ProcessFormula: Sendable {
  /// Which part of a mode's rate the process has.
  enum Share: Sendable {
    /// This one, whatever the parameters.
    case fixed(Double)
    /// The beta factor.
    case beta(Int)
    /// What the beta factor leaves.
    case alone(Int)

    func value(_ values: [Double]) -> Double {
      switch self {
      case .fixed(let share): share
      case .beta(let beta): values[beta]
      case .alone(let beta): 1 - values[beta]
      }
    }
  }

  let mode: ModeParameters
  let share: Share
  /// The starts after its outages; `nil` where units are up at once.
  let starts: StartFormula?

  /// The formula of a process of a graph.
  ///
  /// - Parameter mode: the numbers of its mode.
  init(_ process: RenewalProcess, mode: ModeParameters, nominal: [Double], isCommonCause: Bool) {
    self.mode = mode
    starts = StartFormula(process)
    if let beta = mode.beta {
      share = isCommonCause ? .beta(beta) : .alone(beta)
    } else if let mean = mode.meanUptime(nominal), let law = process.uptime {
      share = .fixed(mean / law.mean)
    } else if let unavailability = mode.unavailability, nominal[unavailability] > 0 {
      share = .fixed(process.unavailabilityOfOutage / nominal[unavailability])
    } else {
      share = .fixed(1)
    }
  }

  /// The mean outage in hours; 0 when not known.
  func outage(_ values: [Double]) -> Double { mode.outage.reduce(0) { $0 + values[$1.parameter] } }

  /// The share of time it is down without the starts after it: s D / (M + s D), or s U.
  func unavailabilityOfOutage(_ values: [Double]) -> Double {
    let share = share.value(values)
    if let unavailability = mode.unavailability { return min(1, share * values[unavailability]) }
    guard let mean = mode.meanUptime(values), share > 0 else { return 0 }
    let down = share * outage(values)
    return down / (mean + down)
  }

  /// The mean up time in hours; `nil` when not known. One that never fails is said to run for ever so long.
  func meanUptime(_ values: [Double]) -> Double? {
    let share = share.value(values)
    if let unavailability = mode.unavailability {
      let down = min(1, share * values[unavailability])
      return down > 0 ? outage(values) * (1 - down) / down : 1e200
    }
    return mode.meanUptime(values).map { share > 0 ? $0 / share : 1e200 }
  }

  /// Failures per hour of calendar time; `nil` when not known.
  func frequency(_ values: [Double]) -> Double? {
    let down = outage(values)
    guard down > 0 else { return nil }
    return unavailabilityOfOutage(values) / down
  }

  /// The parameters it depends on, with the derivative of the unavailability without starts by each.
  func slopesOfOutage(_ values: [Double]) -> [(parameter: Int, slope: Double)] {
    let share = share.value(values)
    var slopes: [(parameter: Int, slope: Double)] = []
    if let unavailability = mode.unavailability {
      slopes.append((unavailability, share))
      addShareSlope(values[unavailability], to: &slopes)
    } else if let uptime = mode.uptime, let up = mode.meanUptime(values) {
      let down = outage(values)
      let total = up + share * down
      // Of a rate r = K / M: dM / dr = −M / r.
      let byMean = -share * down / (total * total)
      slopes.append((uptime, mode.rateTimesMean == nil ? byMean : -byMean * up / values[uptime]))
      for part in mode.outage { slopes.append((part.parameter, share * up / (total * total))) }
      addShareSlope(up * down / (total * total), to: &slopes)
    }
    return slopes
  }

  private func addShareSlope(_ slope: Double, to slopes: inout [(parameter: Int, slope: Double)]) {
    switch share {
    case .fixed: break
    case .beta(let beta): slopes.append((beta, slope))
    case .alone(let beta): slopes.append((beta, -slope))
    }
  }
}
