/// Designs as if, in each situation, every capability were a product of independent parts, one for each site.
///
/// The availability of a design is then that of a reference times, for each site, what the site's option makes of it
/// alone. Whether that holds is not assumed: `deviates` holds it against whole designs.
struct FactoredDesigns: Sendable {
  let space: DesignSpace
  /// The levers of each site.
  let sites: [[Int]]
  /// For each site its options: a value for each of its levers.
  let options: [[[Int]]]
  /// How likely each situation is.
  let chances: [Double]
  /// The unavailability by capability and situation when every site has its best option.
  private(set) var best: [[Double]] = []
  /// By site, option, capability and situation: the probability that this option fails where the best one does not.
  private(set) var losses: [[[[Double]]]] = []
  /// By site and option: how likely each promise of recovery is kept.
  let recoveries: [[[Double]]]
  /// The site that decides each promise; `nil`: it is the same whatever is chosen.
  let decidingSites: [Int?]
  /// What a month of the reference costs.
  let monthly: Double
  /// What each option of each site adds to that.
  let monthlyOptions: [[Double]]
  /// What the reference takes of each limited resource.
  let uses: [Double]
  /// By site and option: what it takes of each limited resource, more than the reference.
  let useOptions: [[[Double]]]
  /// The reference.
  let reference: [Int]

  /// The most options of one site.
  static let optionLimit = 2_000

  /// What each site does to the reference alone.
  ///
  /// - Returns: `nil` when the situations are not the same for all options, a capability never works in one for some, or a
  ///   promise of recovery depends on several sites.
  init?<Failure: Error>(
    _ evaluator: DesignEvaluator<Failure>, reference: [Int], sites: [[Int]]
  ) throws(Failure) {
    space = evaluator.space
    self.sites = sites
    self.reference = reference
    let base = try evaluator.measures(reference)
    chances = base.chances
    monthly = base.monthly
    options = sites.map { [space] site in
      DesignSpace(levers: site.map { space.levers[$0] }).all
    }
    var measured: [[DesignMeasures]] = []
    for (site, options) in zip(sites, options) {
      var row: [DesignMeasures] = []
      for option in options {
        row.append(try evaluator.measures(FactoredDesigns.design(reference, site, option)))
      }
      measured.append(row)
    }
    monthlyOptions = measured.map { row in row.map { $0.monthly - base.monthly } }
    uses = base.uses
    useOptions = measured.map { row in row.map { zip($0.uses, base.uses).map { $0 - $1 } } }
    recoveries = measured.map { $0.map(\.recoveries) }
    guard let deciding = Self.decidingSites(recoveries, base.recoveries) else { return nil }
    decidingSites = deciding
    guard FactoredDesigns.areAlike(measured.flatMap(\.self), base), factor(measured, base) else { return nil }
  }

  /// `nil` when a promise depends on several sites, or not every option has it.
  private static func decidingSites(_ recoveries: [[[Double]]], _ base: [Double]) -> [Int?]? {
    guard recoveries.allSatisfy({ $0.allSatisfy { $0.count == base.count } }) else { return nil }
    let deciding = base.indices.map { promise in
      recoveries.indices.filter { site in recoveries[site].contains { $0[promise] != base[promise] } }
    }
    return deciding.allSatisfy { $0.count <= 1 } ? deciding.map(\.first) : nil
  }

  private static func areAlike(_ all: [DesignMeasures], _ base: DesignMeasures) -> Bool {
    all.allSatisfy { one in
      one.conditional.count == base.conditional.count && one.chances.count == base.chances.count
        && zip(one.chances, base.chances).allSatisfy { abs($0 - $1) <= 1e-12 * max($1, 1e-12) }
    }
  }

  /// Takes the best option of each site out of the reference, and what each other one loses against it.
  private mutating func factor(_ measured: [[DesignMeasures]], _ base: DesignMeasures) -> Bool {
    best = base.conditional
    losses = measured.map { $0.map { $0.conditional.map { $0.map { _ in 0 } } } }
    for capability in base.conditional.indices {
      for situation in chances.indices where chances[situation] > 0 {
        guard factor(measured, base, capability, situation) else { return false }
      }
    }
    return true
  }

  private mutating func factor(
    _ measured: [[DesignMeasures]], _ base: DesignMeasures, _ capability: Int, _ situation: Int
  ) -> Bool {
    let down = base.conditional[capability][situation]
    let values = measured.map { $0.map { $0.conditional[capability][situation] } }
    if down >= 1 - 1e-14 { return values.allSatisfy { $0.allSatisfy { $0 >= 1 - 1e-14 } } }
    var logBest = logAvailability(down)
    for (site, values) in values.enumerated() {
      let least = values.min() ?? down
      guard least < 1 else { return false }
      logBest += logAvailability(least) - logAvailability(down)
      for (option, value) in values.enumerated() {
        losses[site][option][capability][situation] = min(1, max(0, (value - least) / (1 - least)))
      }
    }
    best[capability][situation] = max(0, unavailabilityOfLog(logBest))
    return logBest <= 1e-9
  }

  /// A design with the values of one site in place of its own.
  static func design(_ design: [Int], _ site: [Int], _ option: [Int]) -> [Int] {
    var changed = design
    for (lever, value) in zip(site, option) { changed[lever] = value }
    return changed
  }

  /// The design with an option of each site.
  func design(_ chosen: [Int]) -> [Int] {
    var design = space.present
    for (site, option) in chosen.enumerated() {
      design = FactoredDesigns.design(design, sites[site], options[site][option])
    }
    return design
  }

  /// The option of each site of a design.
  func chosen(_ design: [Int]) -> [Int] {
    zip(sites, options).map { site, options in
      options.firstIndex(of: site.map { design[$0] }) ?? 0
    }
  }

  /// What a design comes to.
  func point(_ design: [Int]) -> DesignPoint {
    let chosen = chosen(design)
    let unavailability = best.indices.map { capability in
      chances.indices.reduce(0) { sum, situation in
        sum + chances[situation] * down(chosen, capability, situation)
      }
    }
    let monthly = chosen.enumerated().reduce(self.monthly) { $0 + monthlyOptions[$1.offset][$1.element] }
    return DesignPoint(
      design: design, unavailability: unavailability, monthly: monthly, once: space.once(design),
      changes: space.changes(design),
      recoveries: decidingSites.enumerated().map { promise, site in
        site.map { recoveries[$0][chosen[$0]][promise] } ?? recoveries.first?.first?[promise] ?? 1
      },
      uses: uses.indices.map { resource in
        chosen.enumerated().reduce(uses[resource]) { $0 + useOptions[$1.offset][$1.element][resource] }
      })
  }

  /// How likely each promise of recovery is kept at best.
  var bestRecoveries: [Double] {
    decidingSites.enumerated().map { promise, site in
      let own = recoveries.indices.contains(site ?? 0) ? recoveries[site ?? 0] : []
      return own.map { $0[promise] }.max() ?? 1
    }
  }

  private func down(_ chosen: [Int], _ capability: Int, _ situation: Int) -> Double {
    chosen.enumerated().reduce(best[capability][situation]) { down, site in
      let loss = losses[site.offset][site.element][capability][situation]
      return down + loss - down * loss
    }
  }

  /// Whether a whole design differs from what its parts say by more than rounding.
  func deviates<Failure: Error>(
    from evaluator: DesignEvaluator<Failure>, at design: [Int]
  ) throws(Failure) -> Bool {
    let (said, actual) = (point(design), try evaluator.point(design))
    let isSame = zip(said.unavailability, actual.unavailability).allSatisfy {
      abs($0 - $1) <= 1e-8 * $1 + 1e-14
    }
    let takesSame = zip(said.uses, actual.uses).allSatisfy { abs($0 - $1) <= 1e-9 * max(1, abs($1)) }
    return !isSame || !takesSame || abs(said.monthly - actual.monthly) > 0.005
      || said.recoveries != actual.recoveries
  }
}
