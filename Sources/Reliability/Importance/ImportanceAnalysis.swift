/// Importance of the variables of one root, and of groups of them.
///
/// Single variables take one pass up and one down over the diagram, whatever their number; each group takes two
/// evaluations.
package struct ImportanceAnalysis {
  /// Events that are judged together.
  package struct Group {
    /// The name.
    package let name: String
    /// What it is.
    package let kind: ImportanceTable.Kind
    /// The variables it is about, with the probability of each when the group's own part can never be true, and the
    /// probability of that part: 0 and the whole probability for an event that belongs to the group alone.
    package let members: [Member]

    /// Names variables.
    package init(name: String, kind: ImportanceTable.Kind, members: [Member]) {
      self.name = name
      self.kind = kind
      self.members = members
    }
  }

  /// A group's part in one variable.
  package struct Member {
    /// The variable.
    package let variable: Int
    /// The probability of the variable without the group's part.
    package let without: Double
    /// The probability of the group's part.
    package let own: Double

    /// A part of a variable.
    package init(variable: Int, without: Double, own: Double) {
      self.variable = variable
      self.without = without
      self.own = own
    }
  }

  let diagram: NetworkDiagram
  let root: Int
  let probabilities: [Double]
  /// P of the top event.
  package let top: Double
  /// ∂P / ∂p of every variable.
  package let birnbaum: [Double]
  private let cutSets: MinimalCutSets?
  private let fussellVesely: [Double]?
  private let uniformTotal: Double
  private let proportionalTotal: Double

  /// Prepares the measures of one root.
  ///
  /// - Parameter cutSets: the minimal cut sets of the root, for Fussell–Vesely.
  package init(
    _ diagram: NetworkDiagram, root: Int, probabilities: [Double], cutSets: MinimalCutSets? = nil
  ) {
    self.diagram = diagram
    self.root = root
    self.probabilities = probabilities
    self.cutSets = cutSets
    fussellVesely = cutSets?.fussellVeselyImportance(probabilities)
    top = diagram.probability(ofRoot: root, probabilities)
    birnbaum = diagram.birnbaumImportance(ofRoot: root, probabilities)
    let importance = birnbaum
    uniformTotal = importance.reduce(0, +)
    proportionalTotal = zip(importance, probabilities).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// The row of one variable, from the pass over the diagram alone.
  ///
  /// P₀ = P − p · B and P₁ = P + (1 − p) · B. Where p · B is nearly all of P that loses digits, and P₀ is evaluated.
  package func row(ofVariable variable: Int, name: String) -> ImportanceTable.Row {
    let p = probabilities[variable]
    let difference = birnbaum[variable]
    let part = difference * p
    var without = top - part
    if without < 0.01 * top { without = evaluated(variable, 0) }
    let with = p == 1 ? top : without + difference
    return row(
      Measures(
        name: name, kind: .event, probability: p, with: with, without: without, part: part,
        difference: difference, uniform: difference, proportional: part,
        diagnostic: top > 0 ? p * (with / top) : 0, fussellVesely: fussellVesely?[variable]))
  }

  /// The row of a group.
  package func row(of group: Group) -> ImportanceTable.Row {
    var with = probabilities
    var without = probabilities
    var (noneTrue, uniform, proportional) = (1.0, 0.0, 0.0)
    for member in group.members {
      with[member.variable] = 1
      without[member.variable] = member.without
      noneTrue *= 1 - member.own
      uniform += birnbaum[member.variable] * othersFalse(member)
      proportional += birnbaum[member.variable] * othersFalse(member) * member.own
    }
    let allTrue = diagram.probability(ofRoot: root, with)
    let noneLeft = diagram.probability(ofRoot: root, without)
    let likelihood = group.members.reduce(0) { $0 + $1.own - $0 * $1.own }
    return row(
      Measures(
        name: group.name, kind: group.kind, probability: likelihood, with: allTrue, without: noneLeft,
        part: lost(group, noneLeft), difference: allTrue - noneLeft, uniform: uniform,
        proportional: proportional,
        diagnostic: top > 0 ? max(0, min(1, 1 - noneTrue * (noneLeft / top))) : 0,
        fussellVesely: shareOfSets(with: without)))
  }

  /// P − P₀ without losing its digits when it is a small part of P: the sum of what each member alone adds, one
  /// after the other.
  private func lost(_ group: Group, _ noneLeft: Double) -> Double {
    let direct = top - noneLeft
    guard direct < 1e-4 * top, direct > -1e-4 * top else { return direct }
    var now = probabilities
    var total = 0.0
    for member in group.members {
      let importance = diagram.birnbaumImportance(ofRoot: root, now)[member.variable]
      total += importance * othersFalse(member) * member.own
      now[member.variable] = member.without
    }
    return total
  }

  /// The share of the sum over cut sets that goes when probabilities change to these.
  private func shareOfSets(with changed: [Double]) -> Double? {
    guard let cutSets else { return nil }
    let all = cutSets.probabilitySum(probabilities)
    return all > 0 ? max(0, 1 - cutSets.probabilitySum(changed) / all) : 0
  }

  /// The probability that no other part of the variable is true: where the group's own part decides.
  private func othersFalse(_ member: Member) -> Double { 1 - member.without }

  private func evaluated(_ variable: Int, _ probability: Double) -> Double {
    var changed = probabilities
    changed[variable] = probability
    return diagram.probability(ofRoot: root, changed)
  }

  private struct Measures {
    let name: String
    let kind: ImportanceTable.Kind
    let probability: Double
    let with: Double
    let without: Double
    let part: Double
    let difference: Double
    let uniform: Double
    let proportional: Double
    let diagnostic: Double
    let fussellVesely: Double?
  }

  private func row(_ measures: Measures) -> ImportanceTable.Row {
    let isPossible = top > 0
    let share = isPossible ? measures.part / top : 0
    return ImportanceTable.Row(
      name: measures.name, kind: measures.kind, probability: measures.probability,
      birnbaum: measures.difference, criticality: share, fussellVesely: measures.fussellVesely,
      riskAchievementWorth: isPossible ? measures.with / top : 1,
      riskReductionWorth: !isPossible ? 1 : measures.without > 0 ? top / measures.without : nil,
      diagnostic: measures.diagnostic,
      differentialUniform: uniformTotal == 0 ? 0 : measures.uniform / uniformTotal,
      differentialProportional: proportionalTotal == 0 ? 0 : measures.proportional / proportionalTotal,
      minutesPerYear: max(0, measures.part) * ImportanceTable.minutesPerYear)
  }
}
