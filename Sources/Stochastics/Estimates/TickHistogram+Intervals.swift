extension TickHistogram {
  /// A quantile with the interval that holds it with at least this confidence, whatever the law: from one order statistic
  /// to another, each taken as far out as its bucket reaches.
  ///
  /// A limit is 0 or ∞ where the numbers are too few to set it. Nil without a number, or where the quantile lies among
  /// those that were not recorded.
  ///
  /// - Parameters:
  ///   - p: above 0 and below 1.
  ///   - total: how many numbers there are with those that were not recorded for being too large; `nil`: none are.
  ///   - independent: how many independent numbers they are worth, each of which stands for as many of them; `nil`: all
  ///     are independent. One number cannot say of each quantile what it is worth: where numbers that belong together are
  ///     large together, the interval of a high quantile holds it less often than the confidence says.
  ///   - confidence: between 0 and 1.
  public func quantileEstimate(
    _ p: Double, of total: Int? = nil, worth independent: Int? = nil, confidence: Double
  ) -> Estimate? {
    let all = max(count, total ?? count)
    guard count > 0 else { return nil }
    let recorded = Double(count) / Double(all)
    guard p <= recorded, let value = quantile(p / recorded).map({ Double($0) }) else { return nil }
    let sample = max(1, min(all, independent ?? all))
    let each = Double(all) / Double(sample)
    let ranks = QuantileRanks(of: p, count: sample, confidence: confidence)
    let low = ranks.low.flatMap {
      bounds(rank: (Int(exactly: (Double($0 - 1) * each).rounded(.down)) ?? 0) + 1)?.low
    }
    let high = ranks.high.flatMap {
      bounds(rank: min(all, Int(exactly: (Double($0) * each).rounded(.up)) ?? all))?.high
    }
    return Estimate(
      value: value, low: min(value, low.map { Double($0) } ?? 0),
      high: max(value, high.map { Double($0) } ?? .infinity), confidence: confidence)
  }

  /// Between which numbers the one of this rank lies, the smallest having rank 1; `nil` beyond those recorded.
  private func bounds(rank: Int) -> (low: Int64, high: Int64)? {
    guard let minimum, let maximum, rank <= count else { return nil }
    if rank <= 1 { return (minimum, minimum) }
    if rank == count { return (maximum, maximum) }
    var seen = 0
    for bucket in buckets {
      seen += bucket.count
      if seen >= rank { return (bucket.low, bucket.high) }
    }
    return (maximum, maximum)
  }
}
