/// What becomes of the probability of one root when those of some variables change.
///
/// The difference is carried along beside the probabilities, so that a change of 1e-15 of the whole keeps its digits;
/// modules that the change does not touch are not visited.
struct ChangedProbability {
  private let diagram: NetworkDiagram
  private let top: Int
  private let probabilities: [Double]
  private let odds: [FlatDiagram.Odds]
  /// For each variable: the module that it stands in, −1 for none.
  private var moduleOfVariable: [Int]
  /// For each module: the one that stands on it, −1 for none.
  private var userOfModule: [Int]

  /// The probability before.
  var whole: Double { odds[top].isTrue }

  init(_ diagram: NetworkDiagram, root: Int, _ probabilities: [Double]) {
    self.diagram = diagram
    self.probabilities = probabilities
    top = diagram.rootModules[root]
    odds = diagram.moduleOdds(below: top, probabilities)
    moduleOfVariable = [Int](repeating: -1, count: probabilities.count)
    userOfModule = [Int](repeating: -1, count: top + 1)
    for index in diagram.modules(below: top) {
      for meaning in diagram.modules[index].meaning {
        switch meaning {
        case .variable(let variable): moduleOfVariable[variable] = index
        case .module(let other): userOfModule[other] = index
        }
      }
    }
  }

  /// The probability after a change, and what was lost by it: before − after.
  ///
  /// - Parameters:
  ///   - variables: those that changed.
  ///   - after: the new probabilities of all variables.
  /// - Complexity: O(nodes of the modules that the change reaches).
  func change(of variables: [Int], to after: [Double]) -> (after: Double, lost: Double) {
    var isReached = [Bool](repeating: false, count: top + 1)
    for variable in variables {
      var module = moduleOfVariable[variable]
      while module >= 0, !isReached[module] {
        isReached[module] = true
        module = userOfModule[module]
      }
    }
    var shifts = odds.map { FlatDiagram.Shift($0) }
    for index in isReached.indices where isReached[index] {
      let module = diagram.modules[index]
      shifts[index] = module.diagram.shift(
        module.meaning.map {
          switch $0 {
          case .variable(let variable):
            FlatDiagram.Shift(
              before: FlatDiagram.Odds(probabilities[variable]), after: FlatDiagram.Odds(after[variable]),
              lost: probabilities[variable] - after[variable])
          case .module(let other): shifts[other]
          }
        })
    }
    return (shifts[top].after.isTrue, shifts[top].lost)
  }
}

extension FlatDiagram {
  /// Probabilities before and after a change, with their difference.
  struct Shift {
    var before: Odds
    var after: Odds
    /// P(true) before − P(true) after.
    var lost: Double

    init(before: Odds, after: Odds, lost: Double) {
      self.before = before
      self.after = after
      self.lost = lost
    }

    /// Nothing changes.
    init(_ odds: Odds) { self.init(before: odds, after: odds, lost: 0) }

    /// Of a function, from that of its node.
    func of(_ function: UInt32) -> Shift {
      function & 1 == 0 ? self : Shift(before: before.of(function), after: after.of(function), lost: -lost)
    }
  }

  /// The function's probability before and after a change of its variables'.
  ///
  /// P − P′ = p′ (H − H′) + (1 − p′) (L − L′) + (p − p′) (H − L) at a node with children H and L; for a coherent function
  /// whose variables all fall or all rise every term has the same sign, and nothing cancels.
  func shift(_ variables: [Shift]) -> Shift {
    var shifts = [Shift](repeating: Shift(Odds(isTrue: 0, isFalse: 1)), count: nodes.count + 1)
    for (index, node) in nodes.enumerated() {
      let variable = variables[Int(node.variable)]
      let high = shifts[Int(node.high >> 1)].of(node.high)
      let low = shifts[Int(node.low >> 1)]
      let (before, after) = (variable.before, variable.after)
      shifts[index + 1] = Shift(
        before: before.mixed(high.before, low.before), after: after.mixed(high.after, low.after),
        lost: after.isTrue * high.lost + after.isFalse * low.lost
          + variable.lost * high.before.minus(low.before))
    }
    return shifts[Int(root >> 1)].of(root)
  }
}

extension FlatDiagram.Odds {
  /// The odds of a node from those of its variable and its children.
  fileprivate func mixed(_ high: Self, _ low: Self) -> Self {
    FlatDiagram.Odds(
      isTrue: isTrue * high.isTrue + isFalse * low.isTrue,
      isFalse: isTrue * high.isFalse + isFalse * low.isFalse)
  }
}
