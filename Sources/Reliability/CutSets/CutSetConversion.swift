/// Turns the decision diagrams of a network's modules into families of minimal sets.
///
/// A module is one element in the families of those that use it, so that its own sets stand once and not once for
/// each combination. At rest no event has happened (for path sets: all have), and each module then has a value; its
/// family holds the minimal sets of events that turn it to the other value. So a module that stands negated is
/// as good as one that does not. Prime implicants need a family for each value that a module takes.
struct CutSetConversion {
  private let modules: [NetworkModule]
  private let kind: CutSetKind
  private let diagram: ZeroSuppressedDiagram
  /// The value of each module at rest.
  private var restValues: [Bool] = []
  /// The first level of each module's elements: two for each of its variables, for its true and its false value.
  private var firstLevels: [Int] = []
  /// What was laid out so far.
  private var nodes = [CutSetNode(label: 0, low: 0, high: 0), CutSetNode(label: 0, low: 1, high: 1)]
  /// The place of each module's family that makes it false, then of the one that makes it true.
  private var roots: [UInt32]

  /// - Parameter modules: What a module stands on comes before it.
  init(modules: ArraySlice<NetworkModule>, kind: CutSetKind, nodeLimit: Int) {
    self.modules = Array(modules)
    self.kind = kind
    diagram = ZeroSuppressedDiagram(nodeLimit: nodeLimit)
    roots = [UInt32](repeating: 0, count: modules.count * 2)
    var level = 0
    for module in modules {
      firstLevels.append(level)
      level += module.meaning.count * 2
      let rests = module.meaning.map { restValue($0) }
      restValues.append(module.diagram.isTrue { rests[$0] })
    }
  }

  /// The families of one module that makes it false or true, while they wait for those they stand on.
  private struct Piece {
    let module: Int
    /// Where its root goes in `roots`.
    let place: Int
    let family: ZeroSuppressedDiagram.Family
    /// Its nodes, children before parents.
    let nodes: [ZeroSuppressedDiagram.Family]
  }

  /// The minimal sets that make the last module true (for path sets: false), with the place of their family.
  mutating func layout() throws(ZeroSuppressedDiagram.TooLarge) -> (nodes: [CutSetNode], root: UInt32) {
    let last = modules.count - 1
    let value = kind != .pathSets
    if kind != .primeImplicants, restValues[last] == value { return (nodes, 1) }
    var isNeeded = [Bool](repeating: false, count: roots.count)
    isNeeded[last * 2 + (value ? 1 : 0)] = true
    var pieces: [Piece] = []
    for module in stride(from: last, through: 0, by: -1) {
      let floor = diagram.nodeCount
      for place in [module * 2, module * 2 + 1] where isNeeded[place] {
        let family = try family(module, value: place & 1 == 1)
        let nodes = diagram.nodes(of: family, from: floor)
        pieces.append(Piece(module: module, place: place, family: family, nodes: nodes))
        markModules(below: module, nodes, &isNeeded)
      }
    }
    var places = [UInt32](repeating: 0, count: diagram.nodeCount)
    places[1] = 1
    for piece in pieces.reversed() { lay(piece, &places) }
    return (nodes, roots[last * 2 + (value ? 1 : 0)])
  }

  /// The value that a module's variable has at rest.
  private func restValue(_ meaning: NetworkModule.Meaning) -> Bool {
    switch meaning {
    case .variable: kind == .pathSets
    case .module(let module): restValues[module]
    }
  }

  private func family(
    _ module: Int, value: Bool
  ) throws(ZeroSuppressedDiagram.TooLarge) -> ZeroSuppressedDiagram.Family {
    let first = firstLevels[module]
    if kind == .primeImplicants {
      var conversion = PrimeImplicantConversion(modules[module].diagram, firstLevel: first, into: diagram)
      return try conversion.family(value: value)
    }
    let rests = modules[module].meaning.map { restValue($0) }
    return try cutSets(of: modules[module].diagram, value: value, rests: rests, firstLevel: first)
  }

  /// The minimal sets of variables that, turned from their values at rest, give a function a value.
  ///
  /// Those with a variable are what is left when it is turned, without what covers a set that needs no turn of it.
  ///
  /// Source: Rauzy, *New algorithms for fault trees analysis*, RESS 40 (1993), *minsol*.
  private func cutSets(
    of function: FlatDiagram, value: Bool, rests: [Bool], firstLevel: Int
  ) throws(ZeroSuppressedDiagram.TooLarge) -> ZeroSuppressedDiagram.Family {
    let size = function.nodes.count
    var isReached = [Bool](repeating: false, count: size * 2 + 2)
    isReached[Int(function.root)] = true
    for code in stride(from: size * 2 + 1, to: 1, by: -1) where isReached[code] {
      let node = function.nodes[code >> 1 - 1]
      isReached[Int(node.low) ^ (code & 1)] = true
      isReached[Int(node.high) ^ (code & 1)] = true
    }
    var families = [ZeroSuppressedDiagram.Family](repeating: 0, count: size * 2 + 2)
    families[value ? 1 : 0] = ZeroSuppressedDiagram.empty
    for code in 2..<(size * 2 + 2) where isReached[code] {
      let node = function.nodes[code >> 1 - 1]
      let rest = rests[Int(node.variable)]
      let low = families[Int(node.low) ^ (code & 1)]
      let high = families[Int(node.high) ^ (code & 1)]
      let unturned = rest ? high : low
      families[code] = try diagram.node(
        level: firstLevel + Int(node.variable) * 2 + (rest ? 1 : 0), low: unturned,
        high: diagram.without(rest ? low : high, unturned))
    }
    return families[Int(function.root)]
  }

  // MARK: Layout

  /// A module's variable and the value it takes, by the level of an element.
  private func meaning(_ level: Int, in module: Int) -> (NetworkModule.Meaning, value: Bool) {
    let offset = level - firstLevels[module]
    return (modules[module].meaning[offset >> 1], offset & 1 == 0)
  }

  /// Notes which values of which modules a module's families use.
  private func markModules(
    below module: Int, _ families: [ZeroSuppressedDiagram.Family], _ isNeeded: inout [Bool]
  ) {
    var isMarked = [Bool](repeating: false, count: modules[module].meaning.count * 2)
    for family in families {
      guard let level = diagram.parts(of: family)?.level, !isMarked[level - firstLevels[module]] else {
        continue
      }
      isMarked[level - firstLevels[module]] = true
      if case (.module(let other), let value) = meaning(level, in: module) {
        isNeeded[other * 2 + (value ? 1 : 0)] = true
      }
    }
  }

  /// Appends the nodes of a family; those it stands on have their places.
  private mutating func lay(_ piece: Piece, _ places: inout [UInt32]) {
    let labels = (0..<modules[piece.module].meaning.count * 2).map { offset in
      switch meaning(firstLevels[piece.module] + offset, in: piece.module) {
      case (.variable(let variable), let value):
        CutSetNode.label(CutSetLiteral(variable: variable, isNegated: !value))
      case (.module(let other), let value):
        CutSetNode.label(module: roots[other * 2 + (value ? 1 : 0)])
      }
    }
    for family in piece.nodes where places[Int(family)] == 0 {
      guard let parts = diagram.parts(of: family) else { continue }
      places[Int(family)] = UInt32(nodes.count)
      nodes.append(
        CutSetNode(
          label: labels[parts.level - firstLevels[piece.module]], low: places[Int(parts.low)],
          high: places[Int(parts.high)]))
    }
    roots[piece.place] = places[Int(piece.family)]
  }
}
