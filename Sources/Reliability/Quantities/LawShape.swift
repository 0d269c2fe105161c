internal import Stochastics

/// Where the law of a duration is not smooth: what a quadrature has to know of it.
struct LawShape {
  /// The values of positive probability, with it, ascending.
  private(set) var atoms: [(value: Double, probability: Double)] = []
  /// The probability that is not in atoms.
  private(set) var continuousShare = 1.0
  /// Where the density is not smooth, ascending; atoms are not among them.
  private(set) var kinks: [Double] = []
  /// The mean of every smooth part, the scales on which it varies.
  private(set) var scales: [Double] = []

  /// The shape of a law.
  init(_ law: any Distribution) {
    add(law, share: 1)
    atoms.sort { $0.value < $1.value }
    kinks = Set(kinks).sorted()
    if continuousShare < 1e-12 { continuousShare = 0 }
  }

  /// Whether all probability lies in single values.
  var isAtomic: Bool { continuousShare == 0 }

  /// Atoms and kinks together, ascending.
  var breaks: [Double] { (kinks + atoms.map(\.value)).sorted() }

  private mutating func add(_ law: any Distribution, share: Double) {
    if let law = law as? Mixture {
      for (probability, part) in zip(law.probabilities, law.components) {
        add(part, share: share * probability)
      }
      return
    }
    for atom in law.atoms {
      atoms.append((atom.value, atom.probability * share))
      continuousShare -= atom.probability * share
    }
    guard !law.kinks.isEmpty else { return }
    kinks += law.kinks
    scales.append(law.standardDeviation < law.mean ? law.standardDeviation : law.mean)
  }
}
