/// A change that is to be judged: what it costs and when it begins to matter.
public struct OptionPlan: Sendable, Hashable {
  /// What is paid once, at the start; not negative.
  public let once: Double
  /// How long the change takes; until then everything is as before.
  public let implementationHours: Double
  /// What running it costs more than running the base, for each month of the horizon.
  public let runningIncrease: [Double]

  /// A plan.
  public init(once: Double, implementationHours: Double, runningIncrease: [Double]) {
    self.once = once
    self.implementationHours = implementationHours
    self.runningIncrease = runningIncrease
  }

  /// The share of each month that lies after the change; months are those of the calendar, the first a January.
  ///
  /// 8 weeks are 56 days: nothing of January, 3 of the 28 days of February, all of March.
  public var effectiveShares: [Double] {
    var start = 0.0
    return monthEndHours.map { end in
      defer { start = end }
      return max(0, min(1, (end - implementationHours) / (end - start)))
    }
  }

  /// When each month ends, in hours from the start.
  var monthEndHours: [Double] {
    let days: [Double] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    var end = 0.0
    return runningIncrease.indices.map { month in
      end += days[month % 12] * 24
      return end
    }
  }

  /// The same plan when the change takes another time.
  func taking(hours: Double) -> OptionPlan {
    OptionPlan(once: once, implementationHours: hours, runningIncrease: runningIncrease)
  }
}
