public import Quantities
public import Stochastics

/// What is believed of a rate before the history is looked at, as people state it.
public enum RatePrior: Sendable, Hashable {
  /// As little as can be believed: Jeffreys'.
  case jeffreys
  /// As much as so many events in so many hours say; the mean rate is the one over the other.
  case events(Double, hours: Double)
  /// A mean time between events above a median with 50 % and above another with 95 %.
  case fiftyNinetyFive(medianHours: Double, lowHours: Double)

  /// Reads `jeffreys`, `2 in 90 d`, `45 d worth 2` (a mean rate of one in 45 d that counts as two events), or
  /// `600 h, 95 % above 250 h`.
  public init(parsing text: String) throws(QuantityError) {
    let words = PriorWords(text)
    if words.text == "jeffreys" {
      self = .jeffreys
    } else if let (events, span) = words.split(at: " in ") {
      self = .events(try PriorWords.number(events), hours: try PriorWords.hours(span))
    } else if let (span, events) = words.split(at: " worth ") {
      let worth = try PriorWords.number(events)
      self = .events(worth, hours: try PriorWords.hours(span) * worth)
    } else if let (median, low) = words.split(at: ", 95 % above ") ?? words.split(at: ", 95% above ") {
      self = .fiftyNinetyFive(
        medianHours: try PriorWords.hours(median), lowHours: try PriorWords.hours(low))
    } else {
      throw QuantityError(
        "“\(text)” is no prior of a rate", help: "jeffreys; 2 in 90 d; 45 d worth 2; 600 h, 95 % above 250 h")
    }
    do throws(InvalidParameter) {
      if self != .jeffreys { _ = try belief() }
    } catch {
      throw QuantityError(error.message)
    }
  }

  /// The law, in events per hour of exposure.
  public func belief() throws(InvalidParameter) -> GammaRate {
    switch self {
    case .jeffreys: .jeffreys
    case .events(let events, let hours): try GammaRate(shape: events, exposure: hours)
    case .fiftyNinetyFive(let median, let low):
      try GammaRate(medianMTBF: median, mtbfExceededWith95Percent: low)
    }
  }
}

/// What is believed of lognormal durations before the history is looked at, as people state it.
public enum DurationPrior: Sendable, Hashable {
  /// As little as can be believed: the reference prior.
  case reference
  /// A median, a standard deviation of the logarithm, and how many durations that is worth.
  case stated(medianHours: Double, sigma: Double, worth: Double)
  /// The same without a median, for classes whose medians are pooled.
  case spread(sigma: Double, worth: Double)

  /// The 90 % point of the normal law.
  private static let normalP90 = 1.2815515655446004

  /// Reads `reference`, `12 min sigma 1 worth 4`, `12 min p90 45 min worth 4`, or `sigma 1 worth 4`.
  public init(parsing text: String) throws(QuantityError) {
    let words = PriorWords(text)
    if words.text == "reference" {
      self = .reference
      return
    }
    guard let (spread, worthText) = words.split(at: " worth ") else { throw Self.unreadable(text) }
    let worth = try PriorWords.number(worthText)
    if let (nothing, sigma) = PriorWords(spread).split(at: "sigma "), nothing.isEmpty {
      self = .spread(sigma: try PriorWords.number(sigma), worth: worth)
    } else if let (median, sigma) = PriorWords(spread).split(at: " sigma ") {
      self = .stated(
        medianHours: try PriorWords.hours(median), sigma: try PriorWords.number(sigma), worth: worth)
    } else if let (median, high) = PriorWords(spread).split(at: " p90 ") {
      let (hours, highHours) = (try PriorWords.hours(median), try PriorWords.hours(high))
      guard highHours > hours else { throw QuantityError("“\(text)”: the p90 must be above the median") }
      self = .stated(
        medianHours: hours, sigma: portableLog(highHours / hours) / Self.normalP90, worth: worth)
    } else {
      throw Self.unreadable(text)
    }
    do throws(InvalidParameter) { _ = try belief() } catch { throw QuantityError(error.message) }
  }

  private static func unreadable(_ text: String) -> QuantityError {
    QuantityError(
      "“\(text)” is no prior of durations",
      help: "reference; 12 min sigma 1 worth 4; 12 min p90 45 min worth 4")
  }

  /// What is believed of the spread, for durations that are pooled; `nil` where nothing is.
  public func spread() throws(InvalidParameter) -> PooledDurations.Spread? {
    guard case .spread(let sigma, let worth) = self else { return nil }
    return try PooledDurations.Spread(sigma: sigma, worth: worth)
  }

  /// The law, of durations in hours; without a median, only that of their spread.
  public func belief() throws(InvalidParameter) -> LognormalBelief {
    switch self {
    case .reference, .spread: .reference
    case .stated(let median, let sigma, let worth):
      try LognormalBelief(median: median, sigma: sigma, worth: worth)
    }
  }
}

/// The words of a prior, as people write them.
private struct PriorWords {
  let text: String

  init(_ text: String) {
    self.text = text.lowercased().split(separator: " ").joined(separator: " ")
  }

  /// What stands before and after a word; `nil` where it does not stand once.
  func split(at word: String) -> (String, String)? {
    guard let range = text.firstRange(of: word) else { return nil }
    return (String(text[..<range.lowerBound]), String(text[range.upperBound...]))
  }

  static func number(_ text: String) throws(QuantityError) -> Double {
    guard let number = Double(text), number > 0, number.isFinite else {
      throw QuantityError("“\(text)” is no number above 0")
    }
    return number
  }

  static func hours(_ text: String) throws(QuantityError) -> Double {
    let span = try TimeSpan(parsing: text)
    guard span.hours > 0 else { throw QuantityError("“\(text)” is no time at all") }
    return span.hours
  }
}
