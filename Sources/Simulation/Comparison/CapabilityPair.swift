internal import ServiceGraph
internal import ServiceModel

/// Which capabilities of a design stand beside which of the base.
struct CapabilityPair: Sendable {
  let design: Int
  let name: String
  /// The capability's place in the base.
  let base: Int
  /// Its place in the design.
  let other: Int
  /// The objectives that both state, by name, in the order of the base.
  let objectives: [ObjectivePair]
  /// What each puts on being without it, where more than hours costs in either.
  let prices: PricePair?

  /// The pairs of all designs after the first, by name.
  static func all(of layouts: [SimulationLayout]) -> [CapabilityPair] {
    guard let base = layouts.first else { return [] }
    return layouts.enumerated().dropFirst().flatMap { design, layout in
      base.graph.capabilities.enumerated().compactMap { place, capability in
        layout.graph.capabilities.firstIndex { $0.name == capability.name }.map { other in
          CapabilityPair(
            design: design, name: capability.name, base: place, other: other,
            objectives: ObjectivePair.all(
              base.objectives(ofCapability: place), layout.objectives(ofCapability: other)),
            prices: PricePair(base.price(ofCapability: place), layout.price(ofCapability: other)))
        }
      }
    }
  }
}

/// An objective that two designs state, and its windows in both.
struct ObjectivePair: Sendable, Hashable {
  let name: String
  /// The places of its windows in the layouts.
  let base: Int
  let other: Int
  /// How many windows a replication has.
  let baseCount: Int
  let otherCount: Int

  /// Those of one name that have complete windows in both.
  static func all(_ base: [StatedWindows], _ other: [StatedWindows]) -> [ObjectivePair] {
    base.compactMap { own in
      guard let match = other.first(where: { $0.name == own.name }), own.count > 0, match.count > 0 else {
        return nil
      }
      return ObjectivePair(
        name: own.name, base: own.place, other: match.place, baseCount: own.count, otherCount: match.count)
    }
  }

  /// Other minus base: the share of windows missed, times `scale`; designs may count windows of different lengths.
  func difference(base missed: Int64, other: Int64) -> Int64 {
    other * Int64(baseCount) - missed * Int64(otherCount)
  }

  /// What a difference is to be divided by.
  var scale: Double { Double(baseCount) * Double(otherCount) }
}

/// The windows of one objective.
struct StatedWindows: Sendable, Hashable {
  let name: String
  let place: Int
  let count: Int
}

extension SimulationLayout {
  fileprivate func objectives(ofCapability index: Int) -> [StatedWindows] {
    windows.enumerated().compactMap { place, plan in
      guard plan.capability == index, let number = plan.objective else { return nil }
      return StatedWindows(
        name: graph.model.capabilities[index].objectives[number].name, place: place, count: plan.ends.count)
    }
  }
}

/// What two designs put on being without a capability, in one currency.
struct PricePair: Sendable {
  let base: DowntimePricing
  let other: DowntimePricing

  /// The parts that either has.
  var parts: [DowntimeCostPart] {
    DowntimeCostPart.allCases.filter { base.parts.contains($0) || other.parts.contains($0) }
  }

  /// `nil` where one has no price, their currencies differ, or hours are all that costs.
  init?(_ base: DowntimePricing?, _ other: DowntimePricing?) {
    guard let base, let other, base.currency == other.currency, base.hasTerms || other.hasTerms else {
      return nil
    }
    (self.base, self.other) = (base, other)
  }
}

extension SimulationLayout {
  /// What being without a capability costs; `nil` where it has no price.
  func price(ofCapability index: Int) -> DowntimePricing? { prices.first { $0.capability == index } }
}
