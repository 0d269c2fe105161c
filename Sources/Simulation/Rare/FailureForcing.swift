internal import Stochastics

/// How likely each process is to touch a short window: as it is, and as it is drawn so that rare failures are seen.
///
/// Importance sampling with likelihood ratios (Rubinstein and Kroese, *Simulation and the Monte Carlo method*, 2017,
/// section 5.7). Windows are drawn from a mixture, and the weight is the natural over the mixture's probability, so that no
/// law alone can make it large.
struct FailureForcing: Sendable {
  /// A law: P(touched) of the processes that it forces; the others stay natural.
  struct Law: Sendable {
    let forced: [(process: Int32, chance: Double)]

    init(forced: [(process: Int32, chance: Double)]) { self.forced = forced }

    /// The same for some processes only, none of which it makes certain.
    fileprivate func forcing(_ isForced: (Int32) -> Bool) -> Law {
      Law(forced: forced.filter { isForced($0.process) }.map { ($0.process, min($0.chance, 1 - 0x1p-40)) })
    }

    /// The natural law.
    static let natural = Law(forced: [])
  }

  /// P(touched) of each process as it is.
  let natural: [Double]
  private let laws: [Law]
  private let shares: [Double]
  /// For each law: the log of its share, and of the ratios of all processes that it forces and that are not touched.
  private let logBases: [Double]
  /// For each process: the laws that force it, and what it adds to the log of their ratio when it is touched.
  private let logTouched: [[(law: Int32, change: Double)]]

  /// A mixture of laws with shares of any sum; what touches every window anyway is not forced.
  init(natural: [Double], laws: [(law: Law, share: Double)]) {
    self.natural = natural
    let laws = laws.map { (law: $0.law.forcing { natural[Int($0)] < 1 }, share: $0.share) }
    self.laws = laws.map(\.law)
    let sum = laws.reduce(0) { $0 + $1.share }
    shares = laws.map { $0.share / sum }
    var bases = shares.map(portableLog)
    var touched = [[(law: Int32, change: Double)]](repeating: [], count: natural.count)
    for (number, (law, _)) in laws.enumerated() {
      for (process, chance) in law.forced {
        let own = natural[Int(process)]
        let untouched = portableLog1p(-chance) - portableLog1p(-own)
        bases[number] += untouched
        touched[Int(process)].append((Int32(number), portableLog(chance) - portableLog(own) - untouched))
      }
    }
    logBases = bases
    logTouched = touched
  }

  /// The chances by which one window is drawn; `position` from 0 to 1 chooses the law.
  func chances(at position: Double) -> [Double] {
    var chances = natural
    for (process, chance) in law(at: position).forced { chances[Int(process)] = chance }
    return chances
  }

  private func law(at position: Double) -> Law {
    var rest = position
    for (law, share) in zip(laws, shares) {
      rest -= share
      if rest < 0 { return law }
    }
    return laws.last ?? .natural
  }

  /// The weight of a window that these processes touched: natural over drawn probability.
  func weight(_ touched: [Int32]) -> Double {
    var logs = logBases
    for process in touched {
      for (law, change) in logTouched[Int(process)] { logs[Int(law)] += change }
    }
    return 1 / logs.reduce(0) { $0 + portableExp($1) }
  }
}
