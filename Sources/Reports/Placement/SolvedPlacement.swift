public import Planning
internal import Quantities

/// What a solver of somebody else's said of a question about pods and nodes.
public struct SolvedPlacement: Sendable {
  /// What was asked.
  public enum Question: String, Sendable {
    /// The most pods that have nodes.
    case pods
    /// The cheapest nodes, in millionths of the currency per hour.
    case price
  }

  /// What was asked.
  public let question: Question
  /// Who was asked.
  public let solver: String
  /// What it says that nothing is better than; `nil`: it does not say.
  public let bound: Double?
  /// Whether it gave values at all, and whether they keep every rule.
  public let isFound: Bool
  /// Whether what it gave was checked and keeps every rule.
  public let isKept: Bool
  /// What its answer comes to, once it was checked.
  public var value: Int?
  /// Whether that is better than what was found without it.
  public var isBetter = false

  /// An answer before it is compared with what is known.
  ///
  /// - Parameter isKept: whether its values were checked and keep every rule.
  public init(_ question: Question, by solver: String, _ answer: ProgrammeAnswer, isKept: Bool) {
    (self.question, self.solver, self.isKept) = (question, solver, isKept)
    bound = answer.bound
    isFound = answer.values != nil
  }

  /// Whether it says that nothing is better than its answer.
  public var isOptimal: Bool {
    guard let value, let bound else { return false }
    return abs(Double(value) - bound) < max(0.5, 1e-6 * abs(bound))
  }

  /// What it says, with amounts in words.
  func remarks(_ amount: (Double) -> String) -> [String] {
    guard isFound else { return ["found nothing in its time"] }
    guard isKept else { return ["what it gave breaks a rule, and was not taken"] }
    let claim =
      if isOptimal {
        question == .pods ? "it says that no more can have one" : "it says that none cost less"
      } else if let bound {
        question == .pods
          ? "it says at most \(amount(bound))" : "it says that none cost less than \(amount(bound))"
      } else {
        "it does not say how much better there could be"
      }
    return [
      isBetter ? "better than what was found without it" : "no better than what was found without it", claim,
    ]
  }
}

extension PlacementReport {
  /// What solvers said.
  var solvedBlocks: [Document.Block] {
    guard let first = answers.solved.first else { return [] }
    let facts = answers.solved.map { solved in
      let text = { (value: Double) in
        solved.question == .pods ? grouped(Int(value.rounded())) : monthly(Int(value.rounded()))
      }
      return Document.Fact(
        solved.question == .pods ? "Pods with a node" : "Cheapest nodes",
        solved.value.map { text(Double($0)) } ?? "nothing", solved.remarks(text))
    }
    return [
      .heading("With \(first.solver)"), .facts(facts),
      .note(
        "What a solver gives is checked against every rule before it is taken; that nothing is better is its word alone."
      ),
    ]
  }
}
