public import Quantities

/// What retries do to the calls and to the callee, as `relmodel capacity retries` prints it.
public struct RetriesReport: Sendable {
  private let failing: Double
  private let retries: Int

  /// A report about a share of attempts that fail, each by itself.
  ///
  /// - Parameter retries: tries after the first, at least 0.
  public init(failing: Probability, retries: Int) { (self.failing, self.retries) = (failing.value, retries) }

  /// The share of calls of which every attempt fails, p^(r + 1).
  private var failed: Double { (0...retries).reduce(1) { share, _ in share * failing } }

  /// The mean number of attempts, 1 + p + … + pʳ.
  private var attempts: Double {
    var (sum, power) = (0.0, 1.0)
    for _ in 0...retries {
      sum += power
      power *= failing
    }
    return sum
  }

  /// To as many digits as it takes to tell it from none and all.
  private func shareText(_ share: Double) -> String {
    "\(significant(share * 100, digits: 8).trimmingZeros) %"
  }

  private var facts: [Document.Fact] {
    [
      Document.Fact("Calls that succeed", shareText(1 - failed), number: Document.Number(1 - failed)),
      Document.Fact("Calls that fail", shareText(failed), number: Document.Number(failed)),
      Document.Fact(
        "Attempts a call", amountText(attempts), ["× so much load on what is called"],
        number: Document.Number(attempts)),
    ]
  }

  /// The report for people.
  public var document: Document {
    Document(
      title: "\(grouped(retries)) retries, \(percentage(failing)) of attempts fail",
      blocks: [
        .facts(facts),
        .note(
          "Each attempt fails by itself; in an outage they fail together, and every call takes \(grouped(retries + 1)) attempts. "
            + "The load of retries is not fed back into how many fail."),
      ])
  }

  /// The report for programs.
  public var json: JSONValue {
    [
      "format": "relmodel/1", "command": "capacity retries", "failing": .number(failing),
      "retries": .integer(retries), "results": factsJSON(facts),
    ]
  }
}
