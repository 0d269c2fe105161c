internal import ServiceGraph
public import ServiceModel
public import Stochastics

/// What a simulation says about a queue as one group of consumers sees it.
public struct QueueEstimate: Sendable {
  /// Messages that something happened to.
  public struct Messages: Sendable, Hashable {
    /// Messages per year of 8,760 h; where none were seen 0, without an interval.
    public let perYear: Estimate
    /// The share of replications in which it happened to any.
    public let shareOfReplications: Estimate?
  }

  /// Quantiles over replications, and the most of all.
  public struct Spread: Sendable, Hashable {
    /// What half of them do not exceed.
    public let p50: Double
    /// What 90 % do not exceed.
    public let p90: Double
    /// What 99 % do not exceed.
    public let p99: Double
    /// The most seen.
    public let most: Double
    /// The same percentiles with their intervals; empty without a replication.
    public let percentiles: [Percentile]
  }

  /// The queue's name.
  public let queue: String
  /// The consumers' name.
  public let consumer: String
  /// The kinds of messages; each has its share of every number here.
  public let topics: [Queue.Topic]
  /// The most messages that waited at once in the horizon.
  public let largestBacklog: Spread
  /// The longest time in the horizon, in hours, in which messages were late though everything was up.
  public let longestCatchUpHours: Spread
  /// All of these times, in hours a year.
  public let catchUpHoursPerYear: Estimate
  /// Outages of what consumers write to that sent messages to the dead letters, a year.
  public let deadLetterOutagesPerYear: Estimate
  /// Messages that went to the dead letters.
  public let deadLetters: Messages
  /// Dead letters given up and archived.
  public let archived: Messages
  /// Messages lost.
  public let lost: Messages

  init(_ tally: QueueTally, _ flow: QueueLayout.Flow, replications: Int, plan: SimulationPlan) {
    func messages(_ count: QueueTally.Count) -> Messages {
      Messages(
        count, replications: replications, scale: 1 / (flow.partsPerMessage * plan.years),
        confidence: plan.confidence)
    }
    queue = flow.compiled.name
    consumer = flow.compiled.consumer
    topics = flow.compiled.topics
    largestBacklog = Spread(
      tally.backlogs, scale: 1 / flow.partsPerMessage, confidence: plan.confidence)
    longestCatchUpHours = Spread(
      tally.longestCatchUps, scale: 1 / Ticks.perHour, confidence: plan.confidence)
    catchUpHoursPerYear = tally.catchUp.estimateOrNothing(
      count: replications, scale: 1 / (Ticks.perHour * plan.years), confidence: plan.confidence)
    deadLetterOutagesPerYear = tally.deadLetterOutages.estimate(
      count: replications, scale: 1 / plan.years, confidence: plan.confidence)
    deadLetters = messages(tally.deadLetters)
    archived = messages(tally.archived)
    lost = messages(tally.lost)
  }
}

extension QueueEstimate.Spread {
  fileprivate init(_ histogram: TickHistogram, scale: Double, confidence: Double) {
    func quantile(_ p: Double) -> Double { Double(histogram.quantile(p) ?? 0) * scale }
    p50 = quantile(0.5)
    p90 = quantile(0.9)
    p99 = quantile(0.99)
    most = quantile(1)
    percentiles = histogram.percentiles([50, 90, 99], confidence: confidence) { $0 * scale }
  }
}

extension QueueEstimate.Messages {
  fileprivate init(_ count: QueueTally.Count, replications: Int, scale: Double, confidence: Double) {
    perYear = count.messages.estimateOrNothing(count: replications, scale: scale, confidence: confidence)
    shareOfReplications = proportionEstimate(
      successes: count.replications, trials: replications, confidence: confidence)
  }
}

extension Moments {
  /// The mean of `count` amounts; with nothing seen there is no telling how much it would be, and no bound.
  fileprivate func estimateOrNothing(count: Int, scale: Double, confidence: Double) -> Estimate {
    guard sum == 0 else { return estimate(count: count, scale: scale, confidence: confidence) }
    return Estimate(value: 0, low: 0, high: .infinity, confidence: confidence)
  }
}
