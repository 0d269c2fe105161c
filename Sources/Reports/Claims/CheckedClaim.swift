internal import Quantities
public import ServiceModel

/// How a claim stands against what was computed.
public enum ClaimVerdict: String, Sendable, Hashable, CaseIterable {
  /// What is computed, with all of its interval, is not as stated.
  case fails
  /// The interval holds numbers that are as stated, and others.
  case cannotTell = "cannot tell"
  /// Nothing was computed, and the reason is given.
  case unknown
  /// What is computed, with all of its interval, is as stated.
  case holds
  /// Nothing is stated that can be computed.
  case saidOnly = "said only"

  /// The verdict on a statement.
  public init(_ bound: ClaimBound?, _ reading: ClaimReading?) {
    guard let bound, let reading else {
      self = .saidOnly
      return
    }
    guard let range = reading.range else {
      self = .unknown
      return
    }
    let accepted = bound.accepted
    if range.high < accepted.lowerBound || range.low > accepted.upperBound {
      self = .fails
    } else if accepted.contains(range.low), accepted.contains(range.high) {
      self = .holds
    } else {
      self = .cannotTell
    }
  }
}

/// A claim with the answer.
public struct CheckedClaim: Sendable {
  /// The claim.
  public let claim: Claim
  /// What was computed; `nil` where it is of nothing.
  public let reading: ClaimReading?
  /// How it stands.
  public let verdict: ClaimVerdict
  /// How far the number is from what is stated, with its sign; 0 inside, `nil` where nothing can be compared.
  public let distance: Double?
  /// What the distance comes to in a month, in the currency of the model; `nil` where it has no price.
  public let monthlyWorth: Double?

  /// What the number counts, by name.
  public let remark: String?

  init(_ claim: Claim, _ reading: ClaimReading?, remark: String?, priced: (ClaimMeasure, Double) -> Double?) {
    self.claim = claim
    self.reading = reading
    self.remark = remark
    verdict = ClaimVerdict(claim.bound, reading)
    let distance: Double? =
      if let bound = claim.bound, let value = reading?.range?.value { bound.distance(to: value) } else { nil }
    self.distance = distance
    if case .measure(let measure)? = claim.term, let distance, distance != 0 {
      monthlyWorth = priced(measure, abs(distance))
    } else {
      monthlyWorth = nil
    }
  }

  /// Whether what is computed is better than what is stated; `nil` where it is as stated, or nobody can say.
  public var isBetter: Bool? {
    guard case .measure(let measure)? = claim.term, let distance, distance != 0 else { return nil }
    return measure.word.isBetterHigher.map { $0 == (distance > 0) }
  }

  /// How many times what is stated the number is; `nil` where that says nothing.
  public var ratio: Double? {
    guard let bound = claim.bound, let value = reading?.range?.value else { return nil }
    let stated = bound.nearest(to: value)
    return stated != 0 && stated.sign == value.sign ? value / stated : nil
  }

  // MARK: Text

  /// What is computed, in the unit of what is stated.
  var computedText: String {
    guard let reading else { return "–" }
    guard let range = reading.range else { return "unknown" }
    switch (range.low.isFinite, range.high.isFinite) {
    case (true, true):
      return range.isExact
        ? text(range.value) : "\(text(range.value)), \(text(range.low)) – \(text(range.high))"
    case (true, false):
      return range.low < range.value
        ? "\(text(range.value)), \(text(range.low)) or more" : "\(text(range.low)) or more"
    case (false, true): return "\(text(range.high)) or less"
    case (false, false): return "\(text(range.value)), or anything else"
    }
  }

  /// A number in the unit of what is stated, else in that of its dimension.
  func text(_ value: Double) -> String {
    guard let unit = claim.bound?.stated[0].unit, unit != QuantityUnit() else {
      return claim.term?.dimension?.text(value) ?? significant(value, digits: 4)
    }
    return unit.text(value)
  }

  /// By how much the number misses what is stated.
  var distanceText: String {
    guard let distance, distance != 0 else { return "–" }
    let sign = distance > 0 ? "+" : "−"
    let unit = claim.bound?.stated[0].unit
    let size =
      unit == .percent
      ? "\(significant(abs(distance) * 100, digits: 3).trimmingZeros) points" : text(abs(distance))
    guard let ratio, ratio >= 2 || ratio <= 0.5 else { return "\(sign)\(size)" }
    return "\(sign)\(size), × \(significant(ratio, digits: 2).trimmingZeros)"
  }

  /// Whether that is good or bad news.
  var newsText: String { isBetter.map { $0 ? "better" : "worse" } ?? "" }

  /// What is stated, of what.
  var statement: String {
    guard let bound = claim.bound else { return claim.says ?? "" }
    return claim.says ?? "\(claim.term?.text ?? ""): \(bound.text)"
  }
}
