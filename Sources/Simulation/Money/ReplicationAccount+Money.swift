/// What being without capabilities costs in a replication.
extension ReplicationAccount {
  /// The whole replication.
  func cost(_ price: DowntimePricing) -> ReplicationCost {
    let totals = self.totals(ofCapability: price.capability)
    var cost = price.cost(
      DowntimePricing.Lack(
        downtime: totals.downtime, outages: totals.outages,
        clocks: hours.ticks(ofCapability: price.capability)))
    cost[.credits] = credits(price)
    cost[.penalties] = price.penalties.reduce(0) {
      $0 + $1.cost(certainLengths(ofWindow: $1.window), horizon: horizon)
    }
    return cost
  }

  /// A horizon that ends within a month pays for the rest of it what its complete months pay.
  private func credits(_ price: DowntimePricing) -> Int64 {
    let lengths = price.months.map { certainLengths(ofWindow: $0) } ?? []
    let credits = lengths.indices.reduce(0) { $0 + price.credits.credit(lengths[$1], inMonth: $1) }
    let years = Ticks.hours(Double(horizon)) / 8760
    let share = price.monthCount > 0 ? 12 * years / Double(price.monthCount) : 0
    return DowntimePricing.amount(Double(credits) * share)
  }

  /// Each complete month.
  ///
  /// - Parameter ends: the ends of the months, in ticks.
  func monthlyCosts(_ price: DowntimePricing, ends: [Int64]) -> [ReplicationCost] {
    guard let months = price.months else { return [] }
    let lengths = self.lengths(ofWindow: months)
    let certain = certainLengths(ofWindow: months)
    let begun = self.begun[price.capability]
    var outage = 0
    var costs = lengths.indices.map { month in
      let first = outage
      while outage < begun.count, begun[outage] < ends[month] { outage += 1 }
      var cost = price.cost(
        DowntimePricing.Lack(
          downtime: lengths[month], outages: Int64(outage - first),
          clocks: hours.ticks(ofCapability: price.capability, month: month)))
      cost[.credits] = price.credits.credit(certain[month], inMonth: month)
      return cost
    }
    for penalty in price.penalties {
      let dues = penalty.costs(certainLengths(ofWindow: penalty.window), monthEnds: ends)
      for month in costs.indices { costs[month][.penalties] += dues[month] }
    }
    return costs
  }

  /// Adds the replication to the tally.
  func closeMoney(into tally: inout Tally) {
    var place = 0
    for price in prices where price.hasTerms {
      tally.money[place].add(cost(price))
      place += 1
    }
  }
}
