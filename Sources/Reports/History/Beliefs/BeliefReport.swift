public import IncidentHistory
internal import Quantities
public import Stochastics

/// What is believed of rates and durations, and what that lets expect.
public struct BeliefReport: Sendable {
  /// What is believed before, and what is asked.
  public struct Options: Sendable, Hashable {
    /// Of rates, before the history.
    public var ratePrior = RatePrior.jeffreys
    /// Of durations, before the history.
    public var durationPrior = DurationPrior.reference
    /// Whether the classes are taken for similar, in place of a stated prior.
    public var isPooling = false
    /// The times to come that are looked ahead, in hours.
    public var nextHours = [TimeSpan.month.hours, TimeSpan.year.hours]
    /// The confidence of intervals, two-sided.
    public var confidence = 0.95
    /// What a duration of 0 counts as.
    public var zeros = ZeroTimes.leftOut

    /// As little as can be believed before, a month and a year to come.
    public init() {}
  }

  /// A class with what is believed of it, or why nothing is.
  struct Entry: Sendable {
    let sample: BeliefSample
    let durations: [Double]
    let rate: Result<RateBelief, Unknown>
    let duration: Result<DurationBelief, Unknown>
  }

  /// Why something is not known.
  struct Unknown: Error { let reason: String }

  let entries: [Entry]
  let options: Options
  let zeroCount: Int
  /// Another class of the kind, where they are pooled.
  let another: (rate: RateBelief?, duration: DurationBelief?)?

  /// The beliefs about some classes.
  ///
  /// - Throws: a duration of 0 where zeros are refused.
  public init(_ samples: [BeliefSample], _ options: Options = Options()) throws(InvalidParameter) {
    self.options = options
    var (durations, zeros): ([[Double]], Int) = ([], 0)
    for sample in samples {
      let own = try options.zeros.applied(to: sample.durations)
      durations.append(own.times)
      zeros += own.zeros
    }
    zeroCount = zeros
    guard options.isPooling else {
      another = nil
      entries = zip(samples, durations).map {
        Entry(sample: $0, durations: $1, rate: Self.rate($0, options), duration: Self.duration($1, options))
      }
      return
    }
    let (rates, lengths) = (
      PoolOfRates(samples), PoolOfDurations(durations, try options.durationPrior.spread())
    )
    entries = samples.indices.map { index in
      Entry(
        sample: samples[index], durations: durations[index], rate: rates[index], duration: lengths[index])
    }
    another = (try? rates[nil].get(), try? lengths[nil].get())
  }

  /// Whether there are durations to pool, no class has two that differ, and nothing was said of how much they vary.
  var showsNoSpread: Bool {
    if case .spread = options.durationPrior { return false }
    return entries.count { !$0.durations.isEmpty } > 1
      && entries.allSatisfy { entry in entry.durations.allSatisfy { $0 == entry.durations[0] } }
  }

  /// Why neither rates nor durations could be pooled; `nil` where either was.
  public var reasonAgainstPooling: String? {
    guard options.isPooling, let first = entries.first else { return nil }
    guard case .failure(let rates) = first.rate, case .failure(let durations) = first.duration,
      another?.rate == nil
    else { return nil }
    return "\(rates.reason); \(durations.reason)"
  }

  private static func rate(_ sample: BeliefSample, _ options: Options) -> Result<RateBelief, Unknown> {
    guard let count = sample.count else { return .failure(Unknown(reason: "no exposure is known")) }
    do throws(InvalidParameter) {
      let prior = try options.ratePrior.belief()
      let posterior = try prior.updated(events: count.events, exposure: count.exposure)
      return .success(.own(prior: options.ratePrior, posterior: posterior))
    } catch {
      return .failure(Unknown(reason: error.message))
    }
  }

  private static func duration(_ times: [Double], _ options: Options) -> Result<DurationBelief, Unknown> {
    do throws(InvalidParameter) {
      let posterior = try options.durationPrior.belief().updated(durations: times)
      guard posterior.isProper else {
        return .failure(Unknown(reason: "fewer than two different durations, and no prior is stated"))
      }
      return .success(.own(prior: options.durationPrior, posterior: posterior))
    } catch {
      return .failure(Unknown(reason: error.message))
    }
  }
}

/// The rates of those classes that have an exposure, pooled.
private struct PoolOfRates {
  private let pool: Result<PooledRates, BeliefReport.Unknown>
  private let places: [Int?]

  init(_ samples: [BeliefSample]) {
    let counts = samples.map(\.count)
    let known = counts.compactMap { $0 }
    var next = 0
    places = counts.map { count in
      guard count != nil else { return nil }
      next += 1
      return next - 1
    }
    do throws(InvalidParameter) {
      guard known.count > 2 else {
        throw InvalidParameter(
          message: "pooling needs three classes with an exposure; \(known.count) have one")
      }
      pool = .success(try PooledRates(known))
    } catch {
      pool = .failure(BeliefReport.Unknown(reason: error.message))
    }
  }

  subscript(index: Int?) -> Result<RateBelief, BeliefReport.Unknown> {
    guard let index else { return pool.map { .pooled($0, nil) } }
    guard let place = places[index] else {
      return .failure(BeliefReport.Unknown(reason: "no exposure is known"))
    }
    return pool.map { .pooled($0, place) }
  }
}

/// The durations of the classes, pooled; one without any is known from the others.
private struct PoolOfDurations {
  private let pool: Result<PooledDurations, BeliefReport.Unknown>

  init(_ durations: [[Double]], _ spread: PooledDurations.Spread?) {
    do throws(InvalidParameter) {
      pool = .success(try PooledDurations(durations, spread: spread))
    } catch {
      pool = .failure(BeliefReport.Unknown(reason: error.message))
    }
  }

  subscript(index: Int?) -> Result<DurationBelief, BeliefReport.Unknown> {
    pool.map { .pooled($0, index) }
  }
}
