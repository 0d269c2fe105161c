internal import Billing
internal import Charts
internal import CloudCost
internal import Quantities

/// What a bill looks like.
extension CostReport {
  /// The resources that a month pays for, the dearest first; `nil` where fewer than two have a price.
  var picture: Chart? {
    var order: [String] = []
    var sums: [String: Double] = [:]
    for line in bill.lines {
      guard let monthly = line.monthly else { continue }
      if sums[line.resource] == nil { order.append(line.resource) }
      sums[line.resource, default: 0] += AmountText.number(monthly)
    }
    let amounts = order.compactMap { name in sums[name].map { (name: name, amount: $0) } }
    let total = amounts.reduce(0) { $0 + $1.amount }
    guard amounts.count > 1, total > 0, amounts.allSatisfy({ $0.amount >= 0 }) else { return nil }
    return ParetoChart(
      title: "What a month is paid for",
      amounts.map {
        ParetoChart.Part(
          $0.name, share: $0.amount / total, amount: Money.text($0.amount, currency: bill.currency))
      }
    ).chart
  }
}
