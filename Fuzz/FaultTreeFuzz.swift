import Diagnostics
import Importers
import ServiceGraph

/// Reads bytes from strangers as a fault tree, evaluates its numbers and expands its common causes.
func fuzzFaultTree(_ bytes: UnsafeBufferPointer<UInt8>) {
  let reader = FaultTreeReader(files: .inMemory(["fuzz": Array(bytes)]))
  do throws(Findings) {
    let reading = try reader.reading(at: ["fuzz"], probabilities: .optional)
    fuzzNumbers(reading.tree)
    let causes = reading.tree.commonCauseGroups.reduce(0) { $0 + $1.causeCount }
    guard causes < 1000 else { return }
    for combination in CommonCauseConvention.Combination.allCases {
      let convention = CommonCauseConvention(combination: combination, testing: .staggered)
      fuzzNumbers(reading.tree.expandingCommonCause(convention))
    }
  } catch {
    precondition(error.hasErrors && !FindingsRenderer().text(error).isEmpty)
  }
}

/// Inputs come before what uses them, and no number leaves its range.
private func fuzzNumbers(_ tree: FaultTree) {
  for (number, gate) in tree.gates.enumerated() {
    for case .gate(let input) in gate.inputs { precondition(input < number) }
    for case .event(let event) in gate.inputs { precondition(event < tree.events.count) }
  }
  let uniforms = tree.expressions.uncertainties.indices.map { (Double($0) + 0.5) / 1e3 }
  for values in [tree.expressions.values(at: 8760), tree.expressions.values(at: 1, uniforms: uniforms)] {
    for case .some(let probability) in tree.probabilities(values) {
      precondition(probability >= 0 && probability <= 1)
    }
    for behaviour in tree.behaviours(values) {
      precondition(behaviour.failureIntensity(at: values.missionTime)?.isNaN != true)
    }
  }
}
