extension FaultTree {
  /// The tree with each member of a common-cause group replaced by a gate over the combinations it can fail in.
  ///
  /// The combination of `A` and `B` is the event `[A B]`. Its probability is an expression over the group's total
  /// and factors. For `.exclusive`, that of a combination given that none before it is there; the gates are then not
  /// coherent. Events that are in no group stay, in their order; those of groups follow.
  ///
  /// - Complexity: a group of n members with factors up to k adds Σ C(n, j), j ≤ k, events; 2 + n for a beta factor.
  public func expandingCommonCause(_ convention: CommonCauseConvention = CommonCauseConvention()) -> FaultTree
  {
    if commonCauseGroups.isEmpty { return self }
    var expansion = CommonCauseExpansion(self, convention)
    return expansion.expanded()
  }
}

extension CommonCauseGroup {
  /// The largest number of members that one cause can hit.
  public var largestCause: Int {
    switch factors {
    case .beta: members.count
    case .multipleGreekLetters(let factors): min(members.count, factors.count + 1)
    case .alpha(let factors), .phi(let factors): min(members.count, factors.count)
    }
  }

  /// How many events the group expands to: a cause for each combination of members that it can hit.
  public var causeCount: Int {
    if case .beta = factors { return members.count + 1 }
    guard largestCause > 0 else { return 0 }
    var (count, combinations) = (0.0, 1.0)
    for size in 1...largestCause {
      combinations *= Double(members.count - size + 1) / Double(size)
      count += combinations
    }
    return count < 1e15 ? Int(count.rounded()) : .max
  }

  /// The sizes of the combinations that a cause hits, and the expression for the probability of each such cause.
  fileprivate func causes(
    _ testing: CommonCauseConvention.Testing, _ table: inout ExpressionTable
  ) -> [(size: Int, probability: Int)] {
    switch factors {
    case .beta(let beta):
      let one = table.add(.constant(1))
      let alone = table.add(.product([table.add(.difference([one, beta])), total]))
      return [(1, alone), (members.count, table.add(.product([beta, total])))]
    case .multipleGreekLetters(let letters): return greekCauses(letters, &table)
    case .alpha(let alphas): return alphaCauses(alphas, testing, &table)
    case .phi(let phis):
      return phis.prefix(largestCause).enumerated().map { index, phi in
        (index + 1, table.add(.product([phi, total])))
      }
    }
  }

  /// Q_k = 1 / C(n − 1, k − 1) · Π_{j ≤ k} ρ_j · (1 − ρ_{k + 1}) · Q, with ρ_1 = 1 and β, γ, δ … after it.
  private func greekCauses(
    _ letters: [Int], _ table: inout ExpressionTable
  ) -> [(size: Int, probability: Int)] {
    let one = table.add(.constant(1))
    return (1...max(1, largestCause)).map { size in
      var parts = [table.add(.constant(share(size)))]
      parts += letters.prefix(size - 1)
      if size <= letters.count { parts.append(table.add(.difference([one, letters[size - 1]]))) }
      return (size, table.add(.product(parts + [total])))
    }
  }

  private func alphaCauses(
    _ alphas: [Int], _ testing: CommonCauseConvention.Testing, _ table: inout ExpressionTable
  ) -> [(size: Int, probability: Int)] {
    let weighted = alphas.prefix(largestCause).enumerated().map { index, alpha in
      testing == .together ? table.add(.product([table.add(.constant(Double(index + 1))), alpha])) : alpha
    }
    let sum = table.add(.sum(weighted))
    return weighted.enumerated().map { index, alpha in
      let share = table.add(.constant(share(index + 1)))
      return (index + 1, table.add(.product([share, table.add(.quotient([alpha, sum])), total])))
    }
  }

  /// One of the combinations of this size that hold a given member: 1 / C(n − 1, k − 1).
  private func share(_ size: Int) -> Double {
    var combinations = 1.0
    for j in 1..<max(1, size) { combinations *= Double(members.count - j) / Double(j) }
    return 1 / combinations.rounded()
  }
}

/// The work of replacing members by gates.
private struct CommonCauseExpansion {
  private let tree: FaultTree
  private let convention: CommonCauseConvention
  private var table: ExpressionTable
  private var events: [FaultTree.BasicEvent] = []
  private var gates: [FaultTree.Gate] = []
  /// What stands for an event of the old tree.
  private var replacement: [FaultTree.Input]

  init(_ tree: FaultTree, _ convention: CommonCauseConvention) {
    self.tree = tree
    self.convention = convention
    table = tree.expressions
    replacement = tree.events.indices.map { .event($0) }
  }

  mutating func expanded() -> FaultTree {
    keepOthers()
    for group in tree.commonCauseGroups { expand(group) }
    let shift = gates.count
    func moved(_ input: FaultTree.Input) -> FaultTree.Input {
      switch input {
      case .event(let event): replacement[event]
      case .gate(let gate): .gate(gate + shift)
      case .constant: input
      }
    }
    let old = tree.gates.map { gate in
      FaultTree.Gate(
        name: gate.name, title: gate.title, operation: gate.operation, inputs: gate.inputs.map(moved))
    }
    return FaultTree(
      name: tree.name, events: events, gates: gates + old,
      tops: tree.tops.map { FaultTree.Top(name: $0.name, input: moved($0.input)) }, expressions: table,
      missionTime: tree.missionTime)
  }

  private mutating func keepOthers() {
    var isMember = [Bool](repeating: false, count: tree.events.count)
    for group in tree.commonCauseGroups {
      for member in group.members { isMember[member] = true }
    }
    for (number, event) in tree.events.enumerated() where !isMember[number] {
      replacement[number] = .event(events.count)
      events.append(event)
    }
  }

  private mutating func expand(_ group: CommonCauseGroup) {
    var hits: [[FaultTree.Input]] = Array(repeating: [], count: group.members.count)
    var earlier = EarlierCombinations(table: &table)
    for (size, probability) in group.causes(convention.testing, &table) {
      var combination = Combination(of: size, from: group.members.count)
      repeat {
        let cause = add(group, combination.chosen, probability, &earlier)
        for member in combination.chosen { hits[member].append(cause) }
      } while combination.advance()
    }
    for (place, member) in group.members.enumerated() {
      let event = tree.events[member]
      gates.append(FaultTree.Gate(name: event.name, title: event.title, operation: .or, inputs: hits[place]))
      replacement[member] = .gate(gates.count - 1)
    }
  }

  /// Adds the event of one combination and, for exclusive ones, the gate that lets it be only without earlier ones.
  private mutating func add(
    _ group: CommonCauseGroup, _ chosen: [Int], _ probability: Int, _ earlier: inout EarlierCombinations
  ) -> FaultTree.Input {
    let name = "[" + chosen.map { tree.events[group.members[$0]].name }.joined(separator: " ") + "]"
    switch convention.combination {
    case .independentShocks:
      events.append(FaultTree.BasicEvent(name: name, law: .expression(probability)))
      return .event(events.count - 1)
    case .exclusive:
      let conditional = earlier.conditional(probability, &table)
      events.append(FaultTree.BasicEvent(name: name, law: .expression(conditional)))
      let event = FaultTree.Input.event(events.count - 1)
      let cause = earlier.none.map { gate(.and, [$0, event]) } ?? event
      let without = gate(.not, [event])
      earlier.none = earlier.none.map { gate(.and, [$0, without]) } ?? without
      return cause
    }
  }

  private mutating func gate(
    _ operation: GateOperation, _ inputs: [FaultTree.Input]
  ) -> FaultTree.Input {
    gates.append(FaultTree.Gate(name: nil, operation: operation, inputs: inputs))
    return .gate(gates.count - 1)
  }
}

/// What the combinations of a group before the next one leave.
private struct EarlierCombinations {
  /// The gate that says that none of them is there.
  var none: FaultTree.Input?
  /// The expression for the probability that none is there.
  private var left: Int

  init(table: inout ExpressionTable) { left = table.add(.constant(1)) }

  /// The probability of the next combination, given that none of the earlier ones is there.
  mutating func conditional(_ probability: Int, _ table: inout ExpressionTable) -> Int {
    let zero = table.add(.constant(0))
    let isPossible = table.add(.comparison(.greater, left, zero))
    let share = table.add(.quotient([probability, left]))
    let conditional = table.add(.choice(condition: isPossible, then: share, otherwise: zero))
    left = table.add(.difference([left, probability]))
    return conditional
  }
}

/// The combinations of so many members, in lexical order.
private struct Combination {
  /// The members chosen, in rising order.
  private(set) var chosen: [Int]
  private let count: Int

  init(of size: Int, from count: Int) {
    chosen = Array(0..<size)
    self.count = count
  }

  /// Moves to the next combination; false at the last.
  mutating func advance() -> Bool {
    guard let place = chosen.indices.last(where: { chosen[$0] < count - chosen.count + $0 }) else {
      return false
    }
    chosen[place] += 1
    for later in chosen.indices.dropFirst(place + 1) { chosen[later] = chosen[later - 1] + 1 }
    return true
  }
}
