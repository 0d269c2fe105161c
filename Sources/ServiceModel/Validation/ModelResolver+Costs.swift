public import CloudCost
internal import Diagnostics
internal import FoundationEssentials
internal import Quantities

extension ModelResolver {
  /// What is paid for, with its region and the shares of its purchase.
  mutating func resolveCosts(_ components: [Component], _ domains: [Domain]) -> ModelCosts {
    var entries = draft.costs.compactMap { resolve($0, of: .model, named: draft.name, in: []) }
    for (index, domain) in draft.domains.enumerated() {
      let places = [index]
      entries += domain.costs.compactMap { cost in
        resolve(cost, of: .domain(index), named: domain.name.value, in: regions(of: places, among: domains))
      }
    }
    for (component, written) in zip(components, draft.components) {
      let places = Set(component.units.compactMap(\.domain)).sorted()
      guard let index = componentIndex[component.name] else { continue }
      entries += written.costs.compactMap { cost in
        resolve(
          cost, of: .component(index), named: component.name, in: regions(of: places, among: domains))
      }
    }
    return ModelCosts(
      entries: entries, commitments: resolveCommitments(among: entries),
      books: draft.prices.books.map(\.value),
      region: draft.prices.region?.value)
  }

  private mutating func resolve(
    _ cost: CostDraft, of owner: CostEntry.Owner, named ownerName: String, in regions: [String]
  ) -> CostEntry? {
    guard let kind = ResourceCatalog.kind(named: cost.kind.value) else { return nil }
    let conventions = CostConventions(draft.conventions)
    let stated = StatedResource(cost.resource, path: cost.path, conventions: conventions)
    _ = kind.init(stated, findings: &findings)
    checkInterruption(of: cost, owner: owner)
    let region = kind.services.isEmpty ? "" : self.region(of: cost, among: regions)
    return CostEntry(
      name: cost.name.value, owner: owner, ownerName: ownerName, resource: stated, kind: kind,
      count: Decimal(cost.count?.value ?? 1), scope: scope(of: cost, owner: owner),
      hours: hours(of: cost, conventions: conventions), mix: mix(of: cost), region: region,
      source: cost.source, location: cost.name.location)
  }

  /// What is taken back is a unit or a node that is bought spot.
  private mutating func checkInterruption(of cost: CostDraft, owner: CostEntry.Owner) {
    guard let stated = cost.interrupted else {
      if cost.bought.contains(where: { $0.purchase.value == Purchase.spot.text }) {
        defaults.append(
          DefaultNote(
            path: "\(cost.path)/interrupted",
            text:
              "never, since nothing says how often spot capacity is taken back; interrupted: {rate: 1 /month, lasts: 3 min}"
          ))
      }
      return
    }
    if !cost.bought.contains(where: { $0.purchase.value == Purchase.spot.text }) {
      report(
        "nothing-to-interrupt", "\(cost.name.value): interrupted: is of what is bought spot", at: stated,
        help: "bought: spot")
    }
    if owner == .model {
      report(
        "nothing-to-interrupt",
        "\(cost.name.value): the service as a whole has no units that can be taken back",
        at: stated, help: "state it under costs: of a component or of a pool of nodes")
    }
  }

  private mutating func scope(of cost: CostDraft, owner: CostEntry.Owner) -> CostEntry.Scope {
    guard let stated = cost.scope, let scope = CostEntry.Scope(rawValue: stated.value) else { return .once }
    switch (scope, owner) {
    case (.unit, .component), (.node, .domain), (.once, _): return scope
    default:
      report(
        "scope-of-cost", "per: \(stated.value) counts what its owner does not have", at: stated.location,
        help: scope == .unit ? "per: unit is of components; per: node of pools" : "per: once")
      return .once
    }
  }

  private mutating func hours(of cost: CostDraft, conventions: CostConventions) -> Decimal? {
    guard let stated = cost.hours, let hours = NumberText(prefixOf: stated.value[...])?.decimal else {
      return nil
    }
    if hours > conventions.hoursPerMonth {
      report(
        "hours-of-month", "\(stated.value) h are more than a month of \(conventions.hoursPerMonth) h has",
        at: stated.location, help: "hours: \(conventions.hoursPerMonth)")
    }
    return hours
  }

  /// The shares of a purchase; on demand when nothing is stated.
  private mutating func mix(of cost: CostDraft) -> [PurchaseShare] {
    guard let first = cost.bought.first else { return [PurchaseShare(.onDemand, 1)] }
    let shares = cost.bought.compactMap { part -> PurchaseShare? in
      guard let purchase = Purchase(text: part.purchase.value) else {
        reportUnknown("way to buy", part.purchase, among: Purchase.all.map(\.text))
        return nil
      }
      guard let text = part.share?.value else { return PurchaseShare(purchase, 1) }
      let number = NumberText(prefixOf: text[...])
      let value = number?.decimal ?? 0
      return PurchaseShare(purchase, number?.rest.hasPrefix("%") == true ? value / 100 : value)
    }
    let sum = shares.map(\.share).reduce(0, +)
    if shares.count == cost.bought.count, sum != 1 {
      report(
        "shares-of-purchase", "the shares of bought: sum to \(sum * 100) %; expected 100 %",
        at: first.purchase.location)
    }
    return shares
  }

  /// The region that is stated, that the owner is in, or that is the model's.
  private mutating func region(of cost: CostDraft, among regions: [String]) -> String {
    if let stated = cost.region { return known(stated) }
    if regions.count == 1 { return regions[0] }
    if let stated = draft.prices.region { return known(stated) }
    report(
      regions.isEmpty ? "no-region" : "several-regions",
      regions.isEmpty
        ? "\(cost.name.value): nothing says in which region it is priced"
        : "\(cost.name.value): its owner is in \(regions.joined(separator: " and ")); say which prices count",
      at: cost.name.location, help: regions.first.map { "region: \($0)" } ?? "prices: {region: us-east-1}")
    return ""
  }

  private mutating func known(_ region: Located<String>) -> String {
    if !AWSRegion.isPriced(region.value) {
      report(
        "unknown-name", "\(region.value) is no region of AWS", at: region.location,
        help: nearestName(to: region.value, among: AWSRegion.codes) ?? "region: us-east-1")
    }
    return region.value
  }

  /// The regions of AWS that domains are in, by their names or those of what they are in.
  private func regions(of places: [Int], among domains: [Domain]) -> [String] {
    var found: Set<String> = []
    for place in places {
      var pending = [place]
      while let next = pending.popLast() {
        if let region = AWSRegion(of: domains[next].name) {
          found.insert(region.code)
        } else {
          pending += domains[next].parents
        }
      }
    }
    return found.sorted()
  }
}

extension CostConventions {
  /// The conventions of a model, as decimals.
  public init(_ conventions: Conventions) {
    self.init(
      hoursPerMonth: Decimal(string: shortest(conventions.hoursPerMonth)) ?? 730,
      gigabytesPerTerabyte: Decimal(string: shortest(conventions.gigabytesPerTerabyte)) ?? 1000)
  }
}
