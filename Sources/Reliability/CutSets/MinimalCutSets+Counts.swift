internal import Glibc

extension MinimalCutSets {
  /// How many sets there are, exactly, in decimal digits; nothing is listed.
  ///
  /// - Complexity: O(nodes), times the square of the 64-bit limbs of the count.
  package var count: String {
    let bits = countBits
    if bits < 64 {
      let counts: [UInt64] = values(none: 0, empty: 1, literal: { _ in 1 }, join: { $0 &+ $1 &* $2 })
      return String(counts[root])
    }
    let counts = WideNaturals(count: nodes.count, bits: bits)
    counts.set(1, to: 1)
    for place in 2..<nodes.count {
      let node = nodes[place]
      counts.set(place, to: Int(node.low), of: counts)
      if node.isModule {
        counts.addProduct(node.module, of: counts, Int(node.high), of: counts, to: place)
      } else {
        counts.add(Int(node.high), of: counts, to: place)
      }
    }
    return counts.decimal(root)
  }

  /// How many sets there are, rounded.
  package var approximateCount: Double {
    let counts: [Double] = values(none: 0, empty: 1, literal: { _ in 1 }, join: { $0 + $1 * $2 })
    return counts[root]
  }

  /// How many elements the largest set has; `nil` when there is none.
  package var maximumOrder: Int? {
    let order = largestOrders()[root]
    return order < 0 ? nil : Int(order)
  }

  /// The number of elements of the largest set of every node; negative when there is none.
  func largestOrders() -> [Int32] {
    values(
      none: .min / 4, empty: 0, literal: { _ in 1 },
      join: { low, element, high in max(low, max(element + high, .min / 4)) })
  }

  /// How many sets there are of each order, from the empty set to the largest, exactly, in decimal digits.
  ///
  /// One pass for each order; where a module stands in a node, its sets of order j meet those of order k − j.
  ///
  /// - Parameter limit: The highest order to count.
  /// - Complexity: O(nodes × orders), and × orders again for nodes that stand for modules.
  package func countsByOrder(upTo limit: Int = .max) -> [String] {
    guard let maximumOrder, limit >= 0 else { return [] }
    var orders = CutSetOrderCounts(self, bits: countBits)
    return (0...min(maximumOrder, limit)).map { orders.advance(to: $0, root: root) }
  }

  /// The number of bits that hold the count of every node.
  private var countBits: Int {
    let approximate = values(none: 0, empty: 1, literal: { _ in 1 }, join: { $0 + $1 * $2 }) as [Double]
    let largest = approximate.reduce(1, max)
    if largest < 1e300 { return Int(log2(largest) + 1e-3) + 1 }
    let logarithms: [Double] = values(
      none: -.infinity, empty: 0, literal: { _ in 0 },
      join: { low, element, high in
        let with = element + high
        let larger = max(low, with)
        let smaller = min(low, with)
        return smaller == -.infinity ? larger : larger + log2(1 + exp2(smaller - larger))
      })
    return Int(logarithms.reduce(1, max) * (1 + 1e-9)) + 2
  }
}

/// Counts of sets by their order, one order after the other.
struct CutSetOrderCounts {
  private let nodes: [CutSetNode]
  private var previous: WideNaturals
  private var current: WideNaturals
  /// Where the counts of all orders are kept: families of modules, and what follows them.
  private var slots: [Int32]
  private var slotCount: Int32 = 0
  private var history: [WideNaturals] = []
  private let bits: Int
  /// The orders that each node has.
  private let least: [Int32]
  private let largest: [Int32]

  init(_ sets: MinimalCutSets, bits: Int) {
    nodes = sets.nodes
    least = sets.leastOrders()
    largest = sets.largestOrders()
    self.bits = bits
    previous = WideNaturals(count: nodes.count, bits: bits)
    current = WideNaturals(count: nodes.count, bits: bits)
    slots = [Int32](repeating: -1, count: nodes.count)
    for node in nodes where node.isModule {
      for place in [node.module, Int(node.high)] where slots[place] < 0 {
        slots[place] = slotCount
        slotCount += 1
      }
    }
  }

  /// The count of one order; orders come one by one from 0.
  mutating func advance(to order: Int, root: Int) -> String {
    swap(&previous, &current)
    history.append(WideNaturals(count: Int(slotCount), bits: bits))
    current.set(0, to: 0)
    current.set(1, to: order == 0 ? 1 : 0)
    keep(0, order)
    keep(1, order)
    for place in 2..<nodes.count {
      let node = nodes[place]
      current.set(place, to: Int(node.low), of: current)
      if node.isModule {
        meet(node, place, order)
      } else if order > 0 {
        current.add(Int(node.high), of: previous, to: place)
      }
      keep(place, order)
    }
    return current.decimal(root)
  }

  private mutating func keep(_ place: Int, _ order: Int) {
    let slot = slots[place]
    if slot >= 0 { history[order].set(Int(slot), to: place, of: current) }
  }

  private mutating func meet(_ node: CutSetNode, _ place: Int, _ order: Int) {
    let module = Int(slots[node.module])
    let rest = Int(slots[Int(node.high)])
    let fewest = max(Int(least[node.module]), order - Int(largest[Int(node.high)]))
    let most = min(Int(largest[node.module]), order - Int(least[Int(node.high)]))
    for taken in stride(from: fewest, through: most, by: 1) {
      current.addProduct(module, of: history[taken], rest, of: history[order - taken], to: place)
    }
  }
}
