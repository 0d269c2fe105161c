public import CloudCost
public import FoundationEssentials
internal import ServiceModel

/// What became of a promise in a month: how much of it was used, and how much of what it could cover it covered.
public struct CommitmentUse: Sendable, Hashable {
  /// Its name.
  public let name: String
  /// How it is bought.
  public let purchase: Purchase
  /// A month of it, with the share of what is paid at the start.
  public let paid: Decimal
  /// The part of that which something used.
  public let used: Decimal
  /// What the same use would have cost on demand.
  public let onDemand: Decimal
  /// What all that it could have covered would have cost on demand.
  public let eligible: Decimal
  /// Why nothing of it could be priced; `nil` when it was.
  public let unknown: String?

  /// Used over paid, 0…1; `nil` when nothing is paid.
  public var utilisation: Decimal? { paid > 0 ? used / paid : nil }
  /// Covered over what could have been, at on-demand prices; `nil` when nothing could.
  public var coverage: Decimal? { eligible > 0 ? onDemand / eligible : nil }
  /// What it saves in a month; negative when it costs more than on demand.
  public var saved: Decimal { onDemand - paid }
}

/// Applies promises to lines that are bought on demand, in the order of the model.
struct CommitmentApplication {
  let book: PriceBook
  let conventions: CostConventions
  private(set) var lines: [LineItem]
  private(set) var uses: [CommitmentUse] = []

  init(_ lines: [LineItem], book: PriceBook, conventions: CostConventions) {
    self.lines = lines
    self.book = book
    self.conventions = conventions
  }

  mutating func apply(_ plan: CommitmentPlan) {
    switch plan.promise {
    case .instances(let count, let covered): reserve(count, of: covered, plan)
    case .spending(let perHour): spend(perHour * conventions.hoursPerMonth, plan)
    }
    lines.removeAll { $0.isCommittable && $0.quantity == 0 }
  }

  /// A line that a promise can cover, and its price under the promise.
  private struct Candidate {
    let place: Int
    let onDemand: Decimal
    let price: Price
    /// What an hour comes to, with the share of what is paid at the start.
    let hourly: Decimal
  }

  private func candidates(_ purchase: Purchase, where isCovered: (LineItem) -> Bool) -> [Candidate] {
    lines.indices.compactMap { place in
      let line = lines[place]
      guard line.isCommittable, line.purchase == .onDemand, line.monthly != nil, let key = line.key,
        let onDemand = line.unitPrice, isCovered(line),
        let price = book.tiers(of: key, in: line.region, purchase: purchase).first
      else { return nil }
      return Candidate(
        place: place, onDemand: onDemand, price: price,
        hourly: price.amount(of: 1, conventions: conventions).amortised)
    }
  }

  /// So many instances of each kind: what runs uses them, and the rest of them is paid all the same.
  private mutating func reserve(_ count: Decimal, of covered: [String], _ plan: CommitmentPlan) {
    let found = candidates(plan.purchase) { covered.contains($0.resource) }
    var kinds: [PriceKey] = []
    for one in found where !kinds.contains(one.price.key) { kinds.append(one.price.key) }
    var (paid, used, onDemand, eligible) = (Decimal(0), Decimal(0), Decimal(0), Decimal(0))
    var added: [LineItem] = []
    for kind in kinds {
      let candidates = found.filter { $0.price.key == kind }
      var left = count * conventions.hoursPerMonth
      for one in candidates {
        let hours = lines[one.place].quantity ?? 0
        let taken = min(hours, left)
        left -= taken
        eligible += hours * one.onDemand
        onDemand += taken * one.onDemand
        used += taken * one.hourly
        lines[one.place] = lines[one.place].reduced(by: taken, at: one.onDemand)
      }
      guard let first = candidates.first else { continue }
      let total = count * conventions.hoursPerMonth
      let amount = first.price.amount(of: total, conventions: conventions)
      paid += amount.amortised
      added.append(lines[first.place].committed(total, at: first.price, amount: amount, name: plan.name))
    }
    lines += added
    uses.append(
      CommitmentUse(
        name: plan.name, purchase: plan.purchase, paid: paid, used: used, onDemand: onDemand,
        eligible: eligible, unknown: found.isEmpty ? missing(plan) : nil))
  }

  /// So much money: what saves the largest share is covered first (AWS, "How Savings Plans apply to your usage").
  private mutating func spend(_ budget: Decimal, _ plan: CommitmentPlan) {
    let found = candidates(plan.purchase) { _ in true }
      .sorted { ($0.hourly / $0.onDemand, $0.place) < ($1.hourly / $1.onDemand, $1.place) }
    guard let first = found.first else {
      uses.append(
        CommitmentUse(
          name: plan.name, purchase: plan.purchase, paid: budget, used: 0, onDemand: 0, eligible: 0,
          unknown: missing(plan)))
      return
    }
    var (left, onDemand, eligible) = (budget, Decimal(0), Decimal(0))
    for one in found {
      let hours = lines[one.place].quantity ?? 0
      let taken = min(hours, left / one.hourly)
      left -= taken * one.hourly
      eligible += hours * one.onDemand
      onDemand += taken * one.onDemand
      lines[one.place] = lines[one.place].reduced(by: taken, at: one.onDemand)
    }
    lines.append(
      lines[first.place].promised(budget, plan, conventions: conventions, origin: first.price.origin))
    uses.append(
      CommitmentUse(
        name: plan.name, purchase: plan.purchase, paid: budget, used: budget - left, onDemand: onDemand,
        eligible: eligible, unknown: nil))
  }

  private func missing(_ plan: CommitmentPlan) -> String {
    "\(book.name) prices nothing of this model bought \(plan.purchase.text)"
  }
}

extension LineItem {
  /// The line of the money that a savings plan promises for a month.
  ///
  /// With everything paid at the start nothing recurs, and with a part of it half does (AWS, "Savings Plans types").
  fileprivate func promised(
    _ budget: Decimal, _ plan: CommitmentPlan, conventions: CostConventions, origin: PriceOrigin
  ) -> LineItem {
    let months = Decimal(12 * (plan.purchase.commitment?.years ?? 1))
    let shareAtStart: Decimal =
      switch plan.purchase.commitment?.upfront {
      case .all: 1
      case .partial: Decimal(1) / 2
      case nil, .some(.none): 0
      }
    let amount = MonthlyAmount(
      recurring: budget * (1 - shareAtStart), upfront: budget * months * shareAtStart,
      upfrontShare: budget * shareAtStart)
    return with(
      quantity: conventions.hoursPerMonth, unitPrice: budget / conventions.hoursPerMonth,
      purchase: plan.purchase, label: "Savings plan", owner: plan.name, resource: plan.name, unit: "hour",
      amount: amount, origin: origin)
  }
}
