/// How a subsystem may be built: which types of component, how many, and how many of them have to work.
public struct Redundancy: Sendable, Hashable {
  /// A type of component.
  public struct ComponentType: Sendable, Hashable {
    /// The name.
    public let name: String
    /// The probability that one of them fails.
    public let unavailability: Double
    /// What one of them takes of each resource.
    public let use: [Double]

    /// A type of component; `unavailability` from 0 to 1.
    public init(name: String, unavailability: Double, use: [Double]) {
      (self.name, self.unavailability, self.use) = (name, unavailability, use)
    }
  }

  /// The name of the subsystem.
  public let name: String
  /// The types.
  public let types: [ComponentType]
  /// How many must work.
  public let required: Int
  /// How many there may be.
  public let counts: ClosedRange<Int>
  /// Whether types may stand side by side.
  public let mixes: Bool

  /// A subsystem; `required` from 1, and as many at least.
  public init(
    name: String, types: [ComponentType], required: Int = 1, counts: ClosedRange<Int>, mixes: Bool = true
  ) {
    (self.name, self.types, self.required, self.counts, self.mixes) = (name, types, required, counts, mixes)
  }

  /// One way to build it.
  public struct Design: Sendable, Hashable {
    /// How many of each type.
    public let counts: [Int]
    /// The probability that fewer than required work.
    public let unavailability: Double
    /// What it takes of each resource.
    public let use: [Double]
  }

  /// The designs that are worth it within limits: none is beaten by another in unavailability and every resource.
  ///
  /// - Parameter limits: the most of each resource; infinite where there is none.
  public func designs(within limits: [Double]) -> [Design] {
    var growing = DesignGrowth(self, limits: limits)
    growing.grow()
    let width = limits.count + 1
    let filter = ParetoFilter(tolerances: [Double](repeating: 0, count: width))
    let kept = filter.kept(growing.values, width: width, comparing: Array(0..<width))
    return kept.map { growing.design($0) }
  }

  /// The probability that fewer than `required` of independent components work.
  ///
  /// With one required, the product of the unavailabilities; else by convolution over the components.
  /// Source: Barlow and Heidtmann, *Computing k-out-of-n system reliability*, IEEE Trans. Reliability R-33 (1984).
  static func unavailability(_ parts: [(unavailability: Double, count: Int)], required: Int) -> Double {
    // working[j]: the probability that exactly j work, for j below required.
    var working = [Double](repeating: 0, count: required)
    working[0] = 1
    for (down, count) in parts {
      for _ in 0..<count {
        for place in stride(from: required - 1, through: 1, by: -1) {
          working[place] = working[place] * down + working[place - 1] * (1 - down)
        }
        working[0] *= down
      }
    }
    return min(1, working.reduce(0, +))
  }
}

/// Every mix of components that fits.
private struct DesignGrowth {
  private let redundancy: Redundancy
  private let limits: [Double]
  private var counts: [Int]
  private var allCounts: [Int] = []
  /// The unavailability and the use of each design, one after the other.
  private(set) var values: [Double] = []

  init(_ redundancy: Redundancy, limits: [Double]) {
    self.redundancy = redundancy
    self.limits = limits.map { $0 + 1e-9 * abs($0) }
    counts = redundancy.types.map { _ in 0 }
  }

  mutating func grow() { grow(from: 0, total: 0, down: 1) }

  func design(_ number: Int) -> Redundancy.Design {
    let (types, width) = (counts.count, limits.count + 1)
    let numbers = values[number * width..<(number + 1) * width]
    return Redundancy.Design(
      counts: Array(allCounts[number * types..<(number + 1) * types]),
      unavailability: numbers.first ?? 1, use: Array(numbers.dropFirst()))
  }

  /// - Parameter down: the probability that none of the components so far works.
  private mutating func grow(from type: Int, total: Int, down: Double) {
    guard type < redundancy.types.count else {
      if redundancy.counts.contains(total) { add(down: down) }
      return
    }
    let most = redundancy.counts.upperBound - total
    var down = down
    for count in 0...max(0, total > 0 && !redundancy.mixes ? 0 : most) {
      if count > 0 { down *= redundancy.types[type].unavailability }
      counts[type] = count
      guard fits else { break }
      grow(from: type + 1, total: total + count, down: down)
    }
    counts[type] = 0
  }

  private var fits: Bool { limits.indices.allSatisfy { use(of: $0) <= limits[$0] } }

  private func use(of resource: Int) -> Double {
    var sum = 0.0
    for type in counts.indices { sum += Double(counts[type]) * redundancy.types[type].use[resource] }
    return sum
  }

  private mutating func add(down: Double) {
    let parts = redundancy.required == 1 ? [] : zip(redundancy.types, counts).map { ($0.unavailability, $1) }
    values.append(
      redundancy.required == 1
        ? down : Redundancy.unavailability(parts, required: redundancy.required))
    for resource in limits.indices { values.append(use(of: resource)) }
    allCounts += counts
  }
}
