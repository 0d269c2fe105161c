internal import Quantities

/// Bars of what downtime comes from, the largest first; what does not fit is counted.
func contributionBlock(
  _ causes: [CauseShare], unavailability: Double, header: ResultHeader, limit: Int = 12
) -> Document.Block {
  var bars = causes.filter { $0.share >= 1e-6 }.prefix(limit).map { cause in
    Document.Bar(
      cause.name, share: cause.share,
      [header.perYear(cause.share * unavailability).description]
        + (cause.reach.map { ["± \(header.perYear($0))"] } ?? []))
  }
  let rest = causes.count - bars.count
  if rest > 0 {
    let share = causes.dropFirst(bars.count).reduce(0) { $0 + $1.share }
    bars.append(
      Document.Bar("\(rest) more", share: share, [header.perYear(share * unavailability).description]))
  }
  return .bars(title: "Where the downtime comes from", bars)
}

/// A cause of downtime.
struct CauseShare {
  let name: String
  /// The share of the downtime during which its repair alone would restore the capability.
  let share: Double
  /// How far its share of time may be off; `nil` where it is exact.
  let reach: Double?
}

/// Whether shares of causes add up to clearly more than all downtime.
func isOverlapping(_ shares: [Double]) -> Bool { shares.reduce(0, +) > 1.01 }

/// What shares mean that add up to more than all downtime.
var overlapNote: Document.Block {
  .note(
    "Causes overlap: each counts the downtime during which its repair alone would restore the service, so that they add up to "
      + "more than 100 %.")
}
