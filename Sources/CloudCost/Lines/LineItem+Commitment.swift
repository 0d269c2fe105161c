package import FoundationEssentials

extension LineItem {
  /// The line with so many units less, at the price it has.
  package func reduced(by units: Decimal, at price: Decimal) -> LineItem {
    let rest = (quantity ?? 0) - units
    return with(
      quantity: rest, unitPrice: price, purchase: purchase, label: label, owner: owner, resource: resource,
      amount: MonthlyAmount(recurring: rest * price, upfront: 0, upfrontShare: 0), origin: origin)
  }

  /// Units of the same kind that are paid for under a promise.
  package func committed(
    _ units: Decimal, at price: Price, amount: MonthlyAmount, name: String
  ) -> LineItem {
    with(
      quantity: units, unitPrice: units > 0 ? amount.amortised / units : price.amount,
      purchase: price.purchase, label: label, owner: name, resource: name, amount: amount,
      origin: price.origin)
  }

  /// Where a line keeps everything but what a promise changes.
  package func with(
    quantity: Decimal, unitPrice: Decimal, purchase: Purchase, label: String, owner: String,
    resource: String, unit: String? = nil, amount: MonthlyAmount, origin: PriceOrigin?
  ) -> LineItem {
    LineItem(
      resource: resource, owner: owner, service: service, label: label, region: region, key: key,
      purchase: purchase, quantity: quantity, unit: unit ?? self.unit, unitPrice: unitPrice, tier: nil,
      isCommittable: isCommittable, amount: .known(amount), origin: origin)
  }
}

extension Price {
  /// What so many hours come to: what is paid once is for a unit that runs all the time, and falls evenly on the months
  /// of the commitment.
  package func amount(of quantity: Decimal, conventions: CostConventions) -> MonthlyAmount {
    let recurring = quantity * amount
    guard upfront != 0, let commitment = purchase.commitment else {
      return MonthlyAmount(recurring: recurring, upfront: 0, upfrontShare: 0)
    }
    let once = quantity / conventions.hoursPerMonth * upfront
    return MonthlyAmount(
      recurring: recurring, upfront: once, upfrontShare: once / Decimal(12 * commitment.years))
  }
}
