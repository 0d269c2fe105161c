import ArgumentParser
import Reports

/// The option of commands that hold a result against limits.
struct GateOptions: ParsableArguments {
  @Option(
    name: .customLong("gate"),
    help: ArgumentHelp(
      "Exit with 1 unless this holds: 'availability>=99.9 %', 'checkout/downtime<=8 h', 'monthly<=$3,500', "
        + "'monthly-increase<=10 %', 'P(npv>0)>=90 %', objectives; may be given several times. A wrong one lists all.",
      valueName: "condition"))
  var texts: [String] = []

  /// The conditions.
  ///
  /// - Throws: everything that is wrong with them, located.
  func conditions() throws -> [GateCondition] { try GateCondition.conditions(in: texts) }

  /// The section of a result with such facts; `nil` without a condition.
  static func section(_ conditions: [GateCondition], _ facts: [GateFact]) throws -> GateSection? {
    conditions.isEmpty ? nil : try GateSection(conditions, facts: facts)
  }
}
