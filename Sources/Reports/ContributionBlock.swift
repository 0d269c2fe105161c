internal import Quantities

/// Bars of what downtime comes from, the largest first; what does not fit is counted.
func contributionBlock(
  _ shares: [(cause: String, share: Double)], unavailability: Double, header: ResultHeader, limit: Int = 12
) -> Document.Block {
  let shown = shares.filter { $0.share >= 1e-6 }
  var bars = shown.prefix(limit).map { cause, share in
    Document.Bar(cause, share: share, [header.perYear(share * unavailability).description])
  }
  let rest = shares.count - bars.count
  if rest > 0 {
    let share = shares.dropFirst(bars.count).reduce(0) { $0 + $1.share }
    bars.append(
      Document.Bar("\(rest) more", share: share, [header.perYear(share * unavailability).description]))
  }
  return .bars(title: "Where the downtime comes from", bars)
}

/// Whether shares of causes add up to clearly more than all downtime.
func isOverlapping(_ shares: [Double]) -> Bool { shares.reduce(0, +) > 1.01 }

/// What shares mean that add up to more than all downtime.
var overlapNote: Document.Block {
  .note(
    "Causes overlap: each counts the downtime during which its repair alone would restore the service, so that they add up to "
      + "more than 100 %.")
}
