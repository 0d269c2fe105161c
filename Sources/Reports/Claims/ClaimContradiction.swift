internal import Quantities
internal import ServiceModel

/// Claims that can not all be true, whatever is computed.
public struct ClaimContradiction: Sendable, Hashable {
  /// The claims, by name.
  public let names: [String]
  /// Why they can not.
  public let text: String

  /// Every contradiction among a model's claims, in the order of the claims.
  static func all(of model: Model) -> [ClaimContradiction] {
    let stated = model.claims.all.compactMap(Stated.init)
    return pairs(stated) + model.capabilities.indices.compactMap { triple(stated, capability: $0, of: model) }
  }

  /// A claim about one thing.
  private struct Stated {
    let name: String
    let measure: ClaimMeasure
    let bound: ClaimBound

    init?(_ claim: Claim) {
      guard case .measure(let measure)? = claim.term, let bound = claim.bound else { return nil }
      (name, self.measure, self.bound) = (claim.name, measure, bound)
    }

    var isCapability: Int? {
      if case .capability(let index) = measure.subject, measure.lost == nil { index } else { nil }
    }
  }

  /// Two claims about the same thing that accept no number in common.
  private static func pairs(_ stated: [Stated]) -> [ClaimContradiction] {
    stated.indices.flatMap { first in
      stated.indices.dropFirst(first + 1).compactMap { second -> ClaimContradiction? in
        let (one, other) = (stated[first], stated[second])
        guard one.measure.isSame(as: other.measure), !one.bound.accepted.overlaps(other.bound.accepted) else {
          return nil
        }
        return ClaimContradiction(
          names: [one.name, other.name],
          text:
            "\(one.measure.text) is \(one.bound.text) by \(one.name), and \(other.bound.text) by \(other.name)"
        )
      }
    }
  }

  // MARK: Three numbers of which two give the third

  /// An availability against the one that follows from the mean times between failures and to restore.
  private static func triple(_ stated: [Stated], capability: Int, of model: Model) -> ClaimContradiction? {
    func find(_ word: ClaimWord) -> Stated? {
      stated.first { $0.isCapability == capability && $0.measure.word == word }
    }
    guard let up = find(.mtbf), let down = find(.mttr), let share = find(.availability) ?? find(.downtime),
      let implied = ClaimOperation.availability.range(of: [up.bound.limits, down.bound.limits])
    else { return nil }
    let isDowntime = share.measure.word == .downtime
    let (low, high) = isDowntime ? (1 - implied.high, 1 - implied.low) : (implied.low, implied.high)
    guard !share.bound.accepted.overlaps(low...max(low, high)) else { return nil }
    let value = isDowntime ? 1 - implied.value : implied.value
    return ClaimContradiction(
      names: [share.name, up.name, down.name],
      text: "an mtbf of \(up.bound.text) with an mttr of \(down.bound.text) makes "
        + "\(share.bound.stated[0].unit.text(value)), and \(share.name) states \(share.bound.text)")
  }
}

extension ClaimMeasure {
  /// Whether both are of the same thing.
  fileprivate func isSame(as other: ClaimMeasure) -> Bool {
    subject == other.subject && word == other.word && lost == other.lost
  }
}

extension ClaimBound {
  /// What it accepts of a length of time, as a number between its limits.
  fileprivate var limits: ClaimRange {
    let (low, high) = (max(0, accepted.lowerBound), accepted.upperBound)
    let middle = stated.map(\.value).reduce(0, +) / Double(stated.count)
    return ClaimRange(middle, low: low, high: high)
  }
}
