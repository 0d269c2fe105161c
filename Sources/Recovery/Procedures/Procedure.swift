/// Steps in an order, done by so many crews: how a service is recovered.
///
/// The service is back when every step that is not behind has ended; the procedure ends with its last step.
public struct Procedure: Sendable {
  /// Which of several steps that could start the free crews take first.
  public enum Rule: String, Hashable, Sendable, CaseIterable {
    /// The step before the longest rest of the procedure, by mean times; among equals as written.
    case longestRemainingPath = "longest remaining path first"
    /// The step written first.
    case asWritten = "as written"
  }

  /// Until when: the service is back, or everything is done.
  public enum Goal: Hashable, Sendable {
    /// Steps behind are left out.
    case service
    /// All steps.
    case end
  }

  /// Its name.
  public let name: String
  /// Its steps, as written.
  public let steps: [ProcedureStep]
  /// How many crews there are; `nil`: as many as are needed.
  public let crews: Int?
  /// Which step is first when crews are short. Steps before the service is back always come before those behind.
  public let rule: Rule

  let waiting: WaitingOrder
  /// The places of the steps in the order in which free crews take them.
  let priorities: [Int]

  /// The most attempts of a step.
  public static let mostAttempts = 100

  /// A procedure.
  ///
  /// - Throws: everything that is wrong: no steps, two of one name, an unknown step, a procedure that waits for
  ///   itself (with the path), a step that needs more crews than there are, a service that waits for what is behind
  ///   it.
  public init(
    name: String, steps: [ProcedureStep], crews: Int? = nil, rule: Rule = .longestRemainingPath
  ) throws(InvalidRecovery) {
    waiting = try WaitingOrder(
      names: steps.map(\.name), waitsFor: steps.map(\.after), kind: "step", owner: "procedure")
    self.name = name
    self.steps = steps
    self.crews = crews
    self.rule = rule
    let attemptFaults = Self.attemptFaults(of: steps)
    // How long a step takes on average is a sum over its attempts.
    priorities = attemptFaults.isEmpty ? Self.priorities(of: steps, waiting, rule) : []
    try InvalidRecovery.check(crewFaults + attemptFaults + behindFaults)
  }

  /// The same procedure with another number of crews.
  public func with(crews: Int?) throws(InvalidRecovery) -> Procedure {
    try Procedure(name: name, steps: steps, crews: crews, rule: rule)
  }

  private var crewFaults: [RecoveryFault] {
    if let crews, crews < 1 {
      return [
        RecoveryFault("no-crew", name, "\(name) has \(crews) crews; expected at least 1", help: "crews: 1")
      ]
    }
    return steps.compactMap { step in
      if case .crews(let count) = step.doer, count < 1 {
        return RecoveryFault(
          "no-crew", step.name, "\(step.name) needs \(count) crews; expected at least 1", help: "crew: 1")
      }
      guard let crews, step.crewCount > crews else { return nil }
      return RecoveryFault(
        "too-few-crews", step.name,
        "\(step.name) needs \(step.crewCount) crews at once, and \(name) has \(crews)",
        help: "crews: \(step.crewCount)")
    }
  }

  private static func attemptFaults(of steps: [ProcedureStep]) -> [RecoveryFault] {
    steps.compactMap { step in
      guard let limit = step.attempts?.limit, !(1...mostAttempts).contains(limit) else { return nil }
      return RecoveryFault(
        "attempts", step.name, "\(step.name) is tried \(limit) times; expected 1 to \(mostAttempts)")
    }
  }

  private var behindFaults: [RecoveryFault] {
    if steps.allSatisfy(\.isBehind) {
      return [
        RecoveryFault(
          "all-behind", name, "every step of \(name) is behind; expected one that brings the service back")
      ]
    }
    return steps.indices.filter { !steps[$0].isBehind }.flatMap { place in
      waiting.predecessors[place].filter { steps[$0].isBehind }.map { other in
        RecoveryFault(
          "waits-for-behind", steps[place].name,
          "\(steps[place].name) is needed for the service and waits for \(steps[other].name), which is behind it",
          help: "mark \(steps[place].name) as behind too, or \(steps[other].name) as not")
      }
    }
  }

  func isPart(_ place: Int, of goal: Goal) -> Bool { goal == .end || !steps[place].isBehind }
}
