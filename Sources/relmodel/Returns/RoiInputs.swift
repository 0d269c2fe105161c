import Diagnostics
import Economics
import Quantities
import Reliability
import Reports

/// What the inputs of the decision about each option do.
struct RoiInputs {
  /// The inputs of each option, the widest swing first.
  let all: [[DecisionInput]]
  /// How they were found.
  let note: InputNote
  /// The numbers of the models among them that all designs state alike, by name.
  let stated: [String: ModelParameter]

  /// - Parameter simulatingAll: whether every number of the models is simulated again, which takes long.
  init(_ frame: RoiFrame, _ returns: [OptionReturn], rate: DiscountRate, simulatingAll: Bool) throws {
    if simulatingAll {
      let sensitivity = try RoiSensitivity(frame, rate: rate)
      all = sensitivity.inputs(returns, shouldStop: { Interruption.happened })
      (note, stated) = (.simulated, [:])
      return
    }
    do {
      let screening = try RoiScreening(frame, rate: rate)
      all = screening.inputs(returns, shouldStop: { Interruption.happened })
      (note, stated) = (screening.note, screening.stated)
    } catch let findings as Findings {
      all = returns.map { $0.decisionInputs() }
      let reason = findings.diagnostics.first?.message ?? "the exact engine has no answer"
      stated = [:]
      note = .moneyOnly("\(reason); --sensitivity simulates each of them")
    }
  }
}
