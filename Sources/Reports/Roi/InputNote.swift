/// How was found what the inputs of a decision do.
public enum InputNote: Sendable, Hashable {
  /// The numbers of the models stay as they are, for a reason.
  case moneyOnly(String)
  /// Every number of the models was simulated again.
  case simulated
  /// All numbers by the exact engine, and those that do most simulated again for so many replications.
  ///
  /// With what the exact engine takes in another way than the simulation, and the numbers that were not moved.
  case screened(replications: Int, simulatedOnly: [String], held: [String])

  /// In words.
  var text: String {
    let money =
      "Money, effect, rate and time go from half to twice what they are, an effect at most to where no downtime is left, "
      + "the horizon at most to that of the simulation."
    switch self {
    case .moneyOnly(let reason): return "\(money) The numbers of the models stay as they are: \(reason)."
    case .simulated:
      return money
        + " Numbers of the models go from their 5th to their 95th percentile, as multiples of what is stated, simulated "
        + "with the same luck, and are looked for from × 0.1 to × 10."
    case .screened(let replications, _, _):
      return money
        + " Of the numbers of the models those that are not known go from their 5th to their 95th percentile, all others "
        + "from half to twice; × is a multiple, where the designs state different values. The few that do most are simulated again, "
        + "\(replications) replications with the same luck; ± is the 95 % interval of what each end differs from now. For "
        + "the others the exact engine says how many times as long the designs are down: what hours and lost work cost in "
        + "the simulation follows, outages, credits and penalties stay. Where a number flips the decision is looked for from "
        + "× 0.1 to × 10 along the exact engine's curve, drawn through what was simulated; --sensitivity simulates all of it."
    }
  }

  /// What else has to be known to read them.
  var remarks: [String] {
    guard case .screened(_, let simulatedOnly, let held) = self else { return [] }
    let left =
      simulatedOnly.isEmpty
      ? [] : ["The exact engine does not follow: \(simulatedOnly.joined(separator: "; "))."]
    let fixed =
      held.isEmpty
      ? []
      : [
        "Not moved, since they move a large chain of crews or spares: \(held.prefix(6).joined(separator: ", "))"
          + (held.count > 6 ? " and \(held.count - 6) more." : ".")
      ]
    return left + fixed
  }
}
