public import Quantities
public import Stochastics

/// What notices a failure, and how long after it: a probe, a metric and its rule, a heartbeat.
///
/// A failure falls anywhere in the detector's period, so that the rest of the period is uniform.
public struct Detector: Sendable {
  /// What a failed check looks like.
  public enum Failing: String, Hashable, Sendable, CaseIterable {
    /// Refused at once: a process that is gone.
    case refused
    /// Without an answer until the timeout: a process that hangs, a machine that is gone.
    case hanging
    /// Either; anything between the two is equally likely.
    case either
  }

  /// What it is, for reports.
  public let title: String
  /// Independent parts of the delay from the failure on, in hours.
  public let parts: [any Distribution]

  private init(_ title: String, _ parts: [any Distribution]) {
    self.title = title
    self.parts = parts
  }

  /// A delay that is stated.
  public static func stated(_ law: any Distribution) -> Detector { Detector("stated", [law]) }

  /// A probe at fixed times that acts after so many failures in a row, as a kubelet's.
  ///
  /// Refused: between (n − 1) and n periods after the failure; hanging: a timeout later; either: between the least of
  /// the one and the most of the other. Worked: 10 s, 5 s and 3 act 20 to 35 s after the failure.
  ///
  /// - Parameter failures: at least 1.
  public static func probe(
    every: TimeSpan, timeout: TimeSpan, failures: Int, failing: Failing = .either
  ) throws(InvalidRecovery) -> Detector {
    try check("probe", every: every, count: failures)
    let (least, most) = (Double(failures - 1) * every.hours, Double(failures) * every.hours)
    return try spread("probe", refused: (least, most), lag: (timeout.hours, timeout.hours), failing)
  }

  /// A check that begins so long after the one before has ended, and acts after so many failures, as Docker's.
  ///
  /// A check that hangs makes the next one later by its timeout: n (interval + timeout) at most. Worked: 30 s, 10 s
  /// and 5 retries act 120 to 150 s after a process is gone and 170 to 200 s after one hangs.
  ///
  /// Source: Dockerfile reference, HEALTHCHECK: "interval seconds after each previous check completes".
  public static func healthCheck(
    interval: TimeSpan, timeout: TimeSpan, retries: Int, failing: Failing = .either
  ) throws(InvalidRecovery) -> Detector {
    try check("health check", every: interval, count: retries)
    let (least, most) = (Double(retries - 1) * interval.hours, Double(retries) * interval.hours)
    let lag = Double(retries) * timeout.hours
    return try spread("health check", refused: (least, most), lag: (lag, lag), failing)
  }

  /// A metric that is scraped, and a rule that is evaluated and must hold: the rest of a scrape interval, the rest of
  /// an evaluation interval, and as many whole evaluations as the time to hold needs.
  ///
  /// The offset between scrapes and evaluations is not known, so their phases are independent. Worked: 120 s, 30 s
  /// and 30 s act 105 s after the failure on average, 180 s at most.
  public static func scrape(
    every: TimeSpan, evaluate: TimeSpan, holds: TimeSpan = .zero
  ) throws(InvalidRecovery) -> Detector {
    try check("scrape", every: every, count: 1)
    try check("evaluation", every: evaluate, count: 1)
    let rounds = max(0, (holds.hours / evaluate.hours - 1e-9).rounded(.up))
    return Detector(
      "scrape",
      [
        try evenly("scrape", 0, every.hours), try evenly("scrape", 0, evaluate.hours),
        try evenly("scrape", rounds * evaluate.hours, rounds * evaluate.hours),
      ])
  }

  /// Regular signs of life, and an action when none has come for so long, as a sentinel's `down-after`: the last one
  /// came between 0 and one period before the failure.
  public static func heartbeat(
    every: TimeSpan, downAfter: TimeSpan
  ) throws(InvalidRecovery) -> Detector {
    try check("heartbeat", every: every, count: 1)
    guard downAfter >= every else {
      throw InvalidRecovery(faults: [
        RecoveryFault(
          "heartbeat", "heartbeat",
          "a heartbeat every \(every) that counts as missing after \(downAfter) is missing all the time",
          help: "down-after: \(every)")
      ])
    }
    return Detector(
      "heartbeat", [try evenly("heartbeat", downAfter.hours - every.hours, downAfter.hours)])
  }

  /// A connection's keep-alive: probes begin when nothing has come for `idle` and give up after `probes` without an
  /// answer.
  ///
  /// The last traffic came between 0 and `idle` before the failure.
  public static func keepAlive(
    idle: TimeSpan, every: TimeSpan, probes: Int
  ) throws(InvalidRecovery) -> Detector {
    try check("keep-alive", every: every, count: probes)
    let probing = Double(probes) * every.hours
    return Detector("keep-alive", [try evenly("keep-alive", probing, probing + idle.hours)])
  }

  /// The first failed request that is traced, of failed requests that come as a Poisson stream.
  public static func sampling(
    _ sampling: TraceSampling, failures: Rate
  ) throws(InvalidRecovery) -> Detector {
    guard let law = sampling.delay(failures: failures) else {
      throw InvalidRecovery(faults: [
        RecoveryFault(
          "detector", "sampling", "no failed request is ever traced; expected a share and a rate above 0",
          help: "sampling: {share: 10 %, failing: 20 /min}")
      ])
    }
    return Detector("sampling", [law])
  }

  private static func check(_ name: String, every: TimeSpan, count: Int) throws(InvalidRecovery) {
    guard every > .zero, count >= 1 else {
      throw InvalidRecovery(faults: [
        RecoveryFault(
          "detector", name,
          count < 1
            ? "a \(name) that acts after \(count) failures; expected at least 1"
            : "a \(name) every \(every); expected more than 0 s")
      ])
    }
  }

  /// A uniform delay, later by a lag when the check hangs.
  private static func spread(
    _ name: String, refused: (least: Double, most: Double), lag: (least: Double, most: Double),
    _ failing: Failing
  ) throws(InvalidRecovery) -> Detector {
    let part =
      switch failing {
      case .refused: try evenly(name, refused.least, refused.most)
      case .hanging: try evenly(name, refused.least + lag.least, refused.most + lag.most)
      case .either: try evenly(name, refused.least, refused.most + lag.most)
      }
    return Detector(name, [part])
  }

  /// Evenly between two bounds, or the one value of equal bounds.
  private static func evenly(
    _ name: String, _ least: Double, _ most: Double
  ) throws(InvalidRecovery) -> any Distribution {
    do throws(InvalidParameter) {
      return least == most ? try Deterministic(value: least) : try Uniform(minimum: least, maximum: most)
    } catch {
      throw InvalidRecovery(faults: [RecoveryFault("detector", name, error.message)])
    }
  }
}

extension Detector {
  /// The mean delay in hours.
  public var meanHours: Double { parts.reduce(0) { $0 + $1.mean } }

  /// The law of the delay in hours.
  public func law(_ plan: SamplingPlan = SamplingPlan()) -> OutcomeLaw {
    OutcomeLaw(sumOf: parts, plan: plan, name: "detector/\(title)")
  }

  /// A draw of the delay in hours.
  public func sample(using stream: inout RandomStream) -> Double {
    parts.reduce(0) { $0 + $1.sample(using: &stream) }
  }
}
