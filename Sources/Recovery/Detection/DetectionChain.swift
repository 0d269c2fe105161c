public import Quantities
public import Stochastics

/// From the failure to somebody or something that acts: stages one after the other, then the first of several
/// channels.
public struct DetectionChain: Sendable {
  /// One stage: a detector, a group wait, a router. All must work; while one is down, everything waits for it.
  public struct Stage: Sendable {
    /// Its name.
    public let name: String
    /// Independent parts of its delay, in hours.
    public let parts: [any Distribution]
    /// When it is down itself; `nil`: never.
    public let outage: DetectorOutage?

    /// A stage.
    public init(name: String, parts: [any Distribution], outage: DetectorOutage? = nil) {
      self.name = name
      self.parts = parts
      self.outage = outage
    }
  }

  /// A way to somebody: mail, chat, a pager.
  public struct Channel: Sendable {
    /// Its name.
    public let name: String
    /// How long a message takes, in hours.
    public let takes: any Distribution
    /// The probability that it arrives at all.
    public let delivers: Probability

    /// A channel.
    public init(name: String, takes: any Distribution, delivers: Probability = .one) {
      self.name = name
      self.takes = takes
      self.delivers = delivers
    }
  }

  /// The stages, in order.
  public let stages: [Stage]
  /// The channels, of which the first to deliver counts; empty: the last stage acts itself.
  public let channels: [Channel]

  /// A chain; without stages and channels it acts at once.
  public init(stages: [Stage], channels: [Channel] = []) {
    self.stages = stages
    self.channels = channels
  }
}

/// A detector that may itself be down when something fails.
///
/// It is down independently of what it watches. What it shares with that, such as a zone, is for the model to say.
public struct DetectorOutage: Sendable {
  /// The probability that it is down at a random instant.
  public let unavailability: Probability
  /// How long its own outages are, in hours.
  public let lasts: any Distribution

  /// An outage.
  public init(unavailability: Probability, lasts: any Distribution) {
    self.unavailability = unavailability
    self.lasts = lasts
  }

  /// The mean extra delay in hours: U E[D²] / (2 E[D]), the rest of an outage at a random instant in it.
  ///
  /// Source: Cox, "Renewal theory", 1962, section 5.1.
  public var meanExtraHours: Double {
    guard lasts.mean > 0 else { return 0 }
    return unavailability.value * (lasts.variance / lasts.mean + lasts.mean) / 2
  }

  /// The law of a delay and then the extra one; `nil` when outages are no fixed or observed times.
  func extending(_ delay: PiecewiseLaw) -> PiecewiseLaw? {
    guard lasts.kinks.isEmpty else { return nil }
    let lengths = lasts.atoms
    // A long outage covers a random instant in proportion to its length.
    let total = lengths.reduce(0) { $0 + $1.probability * $1.value }
    guard total > 0 else { return delay }
    let rests = lengths.map { length in
      (
        unavailability.value * length.probability * length.value / total,
        delay.addingUniform(width: length.value)
      )
    }
    return .mixture([(unavailability.complement, delay)] + rests)
  }

  /// A draw of the extra delay in hours.
  public func sample(using stream: inout RandomStream) -> Double {
    stream.uniform() < unavailability.value ? lasts.residualSample(using: &stream) : 0
  }
}

extension DetectionChain {
  /// The law of the delay from the failure to the action, in hours; what no channel delivers never comes.
  ///
  /// Exact when delays are fixed, observed or uniform and outages of detectors fixed or observed; else from a sample.
  public func law(_ plan: SamplingPlan = SamplingPlan()) -> OutcomeLaw {
    if let exact { return .exact(exact) }
    let names = stages.map(\.name) + channels.map(\.name)
    return .sampled(plan.law("detection/\(names.joined(separator: "/"))") { sample(using: &$0) })
  }

  private var exact: PiecewiseLaw? {
    var law = PiecewiseLaw.never
    for channel in channels {
      guard let takes = PiecewiseLaw(sumOf: [channel.takes]) else { return nil }
      law = law.first(with: takes.thinned(to: channel.delivers.value))
    }
    if channels.isEmpty { law = .always(0) }
    for stage in stages {
      for part in stage.parts {
        guard let sum = law.adding(part) else { return nil }
        law = sum
      }
      guard let extended = stage.outage.map({ $0.extending(law) }) ?? law else { return nil }
      law = extended
    }
    return law
  }

  /// The mean delay of the stages alone, in hours, without the channels: a closed form for every law.
  public var meanStageHours: Double {
    stages.reduce(0) { sum, stage in
      sum + stage.parts.reduce(stage.outage?.meanExtraHours ?? 0) { $0 + $1.mean }
    }
  }

  /// The probability that no channel delivers.
  public var probabilityOfSilence: Double {
    channels.isEmpty ? 0 : channels.reduce(1) { $0 * $1.delivers.complement }
  }

  /// A draw of the delay in hours; ∞ when nothing is delivered.
  public func sample(using stream: inout RandomStream) -> Double {
    var hours = 0.0
    for stage in stages {
      for part in stage.parts { hours += part.sample(using: &stream) }
      if let outage = stage.outage { hours += outage.sample(using: &stream) }
    }
    guard !channels.isEmpty else { return hours }
    var first = Double.infinity
    for channel in channels {
      let arrives = stream.uniform() < channel.delivers.value
      let takes = channel.takes.sample(using: &stream)
      if arrives { first = min(first, takes) }
    }
    return hours + first
  }
}
