internal import Diagnostics

/// Steps that were to take as long as a procedure, which none can: a procedure is worked out from the laws of its steps.
struct NestedProcedures {
  /// One of them: the procedure whose step it is, and the one it names.
  private var uses: [(owner: String, named: Located<String>)] = []

  /// Notes one.
  mutating func add(_ named: Located<String>, in owner: String) { uses.append((owner, named)) }

  /// What is wrong with each; a circle of procedures is told once.
  func findings() -> [Diagnostic] {
    var findings: [Diagnostic] = []
    var told: Set<String> = []
    for use in uses {
      guard let circle = circle(of: use) else {
        findings.append(finding(use))
        continue
      }
      guard told.isDisjoint(with: circle) else { continue }
      told.formUnion(circle)
      findings.append(
        Diagnostic(
          slug: "procedure-cycle",
          "a procedure takes as long as itself: \((circle + [use.owner]).joined(separator: " takes "))",
          at: use.named.location))
    }
    return findings
  }

  private func finding(_ use: (owner: String, named: Located<String>)) -> Diagnostic {
    let (owner, other) = (use.owner, use.named.value)
    return Diagnostic(
      slug: "procedure-in-step",
      "a step of \(owner) can not take as long as the procedure \(other); expected a duration or a law of its own",
      at: use.named.location,
      help: "state the steps of \(other) in \(owner), or let \(owner) begin after it: after: [\(other)]")
  }

  /// The procedures from the owner of a use on, each of which names the next, back to the owner; `nil` when there is no
  /// such circle.
  private func circle(of use: (owner: String, named: Located<String>)) -> [String]? {
    var paths = [[use.owner, use.named.value]]
    var seen: Set<String> = []
    while let path = paths.popLast(), let last = path.last {
      if last == use.owner { return path.dropLast() }
      guard seen.insert(last).inserted else { continue }
      paths += uses.filter { $0.owner == last }.map { path + [$0.named.value] }
    }
    return nil
  }
}
