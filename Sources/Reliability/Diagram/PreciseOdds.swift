internal import ServiceGraph
internal import Stochastics

/// A probability and that of the opposite to about 30 digits.
struct PreciseOdds {
  /// P(true).
  var isTrue: DoubleDouble
  /// P(false).
  var isFalse: DoubleDouble

  /// Of a true probability.
  init(_ probability: DoubleDouble) {
    self.init(isTrue: probability, isFalse: DoubleDouble(1) - probability)
  }

  init(isTrue: DoubleDouble, isFalse: DoubleDouble) {
    self.isTrue = isTrue
    self.isFalse = isFalse
  }

  /// Of a function, from those of its node.
  func of(_ function: UInt32) -> PreciseOdds {
    function & 1 == 0 ? self : PreciseOdds(isTrue: isFalse, isFalse: isTrue)
  }

  /// Of this or another event, independent of it.
  func or(_ other: PreciseOdds) -> PreciseOdds {
    PreciseOdds(isTrue: isTrue + isFalse * other.isTrue, isFalse: isFalse * other.isFalse)
  }
}

extension RenewalProcess {
  /// D / (mean up time + D) from the means, unless the model states the unavailability itself.
  var preciseUnavailability: DoubleDouble {
    guard !statesUnavailability, startHours == 0, situation.boundShare == 1, let uptime, !outage.isEmpty
    else {
      return DoubleDouble(unavailability)
    }
    let down = outage.reduce(DoubleDouble(0)) { $0 + DoubleDouble($1.mean) }
    let cycle = DoubleDouble(uptime.mean) + down
    // The halves of larger numbers overflow.
    return cycle.high < 0x1p990 ? down / cycle : DoubleDouble(unavailability)
  }
}

extension BasicEvent {
  /// The probability that it is true, and that it is not.
  func preciseOdds(in graph: CompiledGraph) -> PreciseOdds {
    guard case .processes(let numbers) = kind else {
      return PreciseOdds(DoubleDouble(unavailability(in: graph)))
    }
    let parts = numbers.map { PreciseOdds(graph.processes[$0].preciseUnavailability) }
    if isExclusive(in: graph) { return PreciseOdds(oneOf: parts) }
    return parts.dropFirst().reduce(parts.first ?? PreciseOdds(DoubleDouble(0))) { $0.or($1) }
  }
}

extension FlatDiagram {
  /// `odds` to about 30 digits, in some ten times the time.
  func preciseOdds(_ variables: [PreciseOdds]) -> PreciseOdds {
    var odds = [PreciseOdds(DoubleDouble(0))]
    odds.reserveCapacity(nodes.count + 1)
    for node in nodes {
      let variable = variables[Int(node.variable)]
      let high = odds[Int(node.high >> 1)].of(node.high)
      let low = odds[Int(node.low >> 1)]
      odds.append(
        PreciseOdds(
          isTrue: variable.isTrue * high.isTrue + variable.isFalse * low.isTrue,
          isFalse: variable.isTrue * high.isFalse + variable.isFalse * low.isFalse))
    }
    return odds[Int(root >> 1)].of(root)
  }
}

extension NetworkDiagram {
  /// The most nodes for which the last digit is worth the time.
  private static let mostPreciseNodes = 10_000

  /// The probability that a root is true, correctly rounded but for rare ties; `nil` for diagrams that are too large.
  ///
  /// - Parameter variables: those of each variable of the network.
  /// - Complexity: O(nodes of the modules below the root).
  func preciseProbability(ofRoot root: Int, _ variables: [PreciseOdds]) -> Double? {
    let top = rootModules[root]
    let needed = modules(below: top)
    guard needed.reduce(0, { $0 + modules[$1].diagram.count }) <= NetworkDiagram.mostPreciseNodes else {
      return nil
    }
    var odds = [PreciseOdds](repeating: PreciseOdds(DoubleDouble(0)), count: top + 1)
    for index in needed {
      let meaning = modules[index].meaning.map {
        switch $0 {
        case .variable(let variable): variables[variable]
        case .module(let other): odds[other]
        }
      }
      odds[index] = modules[index].diagram.preciseOdds(meaning)
    }
    return odds[top].isTrue.high
  }
}
