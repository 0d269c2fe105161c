/// Where tiers contradict dependencies: something that must be back soon needs something that may be back late.
public struct TierOrder: Sendable {
  /// The tier of each component that has one; 1 is recovered first.
  public let tiers: [String: Int]
  /// What each component can not work without.
  public let needs: [String: [String]]
  /// What each component can not start without, though it works without it.
  public let needsToStart: [String: [String]]

  /// Tiers, hard dependencies and those of starts by name. Soft ones do not belong here.
  public init(
    tiers: [String: Int], needs: [String: [String]], needsToStart: [String: [String]] = [:]
  ) {
    self.tiers = tiers
    self.needs = needs
    self.needsToStart = needsToStart
  }

  /// One contradiction.
  public struct Contradiction: Hashable, Sendable, CustomStringConvertible {
    /// From the component of the earlier tier to what it needs, by way of what lies between.
    public let path: [String]
    /// The tiers at the two ends.
    public let tier, neededTier: Int
    /// Whether a step of the path is only needed to start.
    public let isToStart: Bool

    /// For example `api (tier 1) needs vault (tier 3) to start: api → janusgraph → vault`.
    public var description: String {
      let (first, last) = (path.first ?? "", path.last ?? "")
      let needed = "\(last) (tier \(neededTier))\(isToStart ? " to start" : "")"
      return "\(first) (tier \(tier)) needs \(needed): \(path.joined(separator: " → "))"
    }
  }

  /// Every contradiction, by name, each on a shortest path by way of components without a tier. A component with a
  /// tier ends the path: what it needs in turn is a contradiction of its own. Starts count where nothing else leads there.
  public var contradictions: [Contradiction] {
    let all = needs.merging(needsToStart) { $0 + $1 }
    return tiers.keys.sorted().flatMap { name in
      let lasting = paths(from: name, along: needs).compactMap { contradiction(along: $0, isToStart: false) }
      let known = Set(lasting.map(\.path.last))
      let starting = paths(from: name, along: all).compactMap { contradiction(along: $0, isToStart: true) }
      return lasting + starting.filter { !known.contains($0.path.last) }
    }
  }

  private func contradiction(along path: [String], isToStart: Bool) -> Contradiction? {
    guard let first = path.first, let last = path.last, let tier = tiers[first], let needed = tiers[last],
      needed > tier, path.dropFirst().dropLast().allSatisfy({ tiers[$0] == nil })
    else { return nil }
    return Contradiction(path: path, tier: tier, neededTier: needed, isToStart: isToStart)
  }

  /// A shortest path to each thing needed, not beyond the first that has a tier.
  private func paths(from name: String, along needs: [String: [String]]) -> [[String]] {
    var seen: Set<String> = [name]
    var (paths, next) = ([[name]], 0)
    while next < paths.count {
      let path = paths[next]
      next += 1
      guard let last = path.last, path.count == 1 || tiers[last] == nil else { continue }
      for needed in (needs[last] ?? []).sorted() where seen.insert(needed).inserted {
        paths.append(path + [needed])
      }
    }
    return paths
  }
}
