internal import Stochastics

/// The law of an outage that is a sum of independent parts, by its survival function.
///
/// A fixed part shifts; one random part is used as it is; of several the survival function is tabulated by
/// quadrature of S(t) = ∫ S₁(t − x) dF₂(x), to about 1e-13. It may be cut off, and a fixed time may follow that
/// the next failure may end.
struct OutageLaw: Sendable {
  /// The mean.
  private(set) var mean: Double
  /// Where the survival function is not smooth, ascending.
  let breaks: [Double]
  /// The values of positive probability when there are no others, else `nil`.
  let atoms: [(value: Double, probability: Double)]?
  /// Where that of the sum alone is not.
  private let own: [Double]
  private let shift: Double
  private let cut: Double
  private let later: Double
  /// What may end the time after it.
  private let next: LawMeasure?
  private let law: (any Distribution)?
  private let table: PanelFunction?

  /// The law of a sum of independent parts, at least one.
  ///
  /// - Parameters:
  ///   - cut: what the sum is cut off at: min(sum, cut).
  ///   - later: a fixed time after it.
  ///   - next: the law of another time after it; the smaller of the two counts. `nil`: the fixed one does.
  init(
    _ parts: [any Distribution], atMost cut: Double = .infinity, then later: Double = 0,
    unless next: (any Distribution)? = nil
  ) {
    let fixed = parts.filter { $0.variance == 0 }.reduce(0) { $0 + $1.mean }
    let random = parts.filter { $0.variance > 0 }
    self.next = later > 0 ? next.map(LawMeasure.init) : nil
    let ends = self.next?.shape.breaks.filter { $0 < later } ?? []
    mean = min(cut, parts.reduce(0) { $0 + $1.mean }) + later
    shift = fixed
    self.cut = cut
    self.later = later
    law = random.count == 1 ? random[0] : nil
    let shapes = random.map(LawShape.init)
    var sums = [fixed]
    for shape in shapes { sums = OutageLaw.sums(sums, shape.breaks) }
    own = Set(sums.map { min($0, cut) }).union(cut < .infinity ? [cut] : []).sorted()
    breaks = Set(own.map { $0 + later }).union(ends.isEmpty ? [] : OutageLaw.sums(own, ends)).sorted()
    let values = OutageLaw.atoms(shapes, from: fixed)?.map { (min($0.value, cut) + later, $0.probability) }
    atoms = self.next == nil ? values : nil
    table = random.count > 1 ? OutageLaw.table(random) : nil
    if cut < .infinity {
      let whole = survivalTable(until: .infinity)
      mean = GaussRule.integral(over: whole.ends) { whole.value(at: $0) }
    } else if let next, later > 0 {
      mean += MeanMinimum.value(next, atMost: later) - later
    }
  }

  /// The probability of an outage longer than `duration`.
  func survival(_ duration: Double) -> Double {
    guard let next else { return survivalOfSum(duration - later) }
    // ∫ P(sum > t − x) dF(x) over x < later, and what is left of the law there.
    let ends = own.map { duration - $0 }
    return next.law.survival(later) * survivalOfSum(duration - later)
      + next.integral(upTo: later, breaks: ends) { survivalOfSum(duration - $0) }
  }

  /// The probability that the sum, cut off, is longer.
  private func survivalOfSum(_ duration: Double) -> Double {
    if duration < 0 { return 1 }
    if duration >= cut { return 0 }
    if duration < shift { return 1 }
    if let law { return law.survival(duration - shift) }
    return table.map { min(1, max(0, $0.value(at: duration - shift))) } ?? 0
  }

  /// The survival function as a table up to a time, after which it counts as 0.
  func survivalTable(until end: Double, tolerance: Double = 1e-13) -> PanelFunction {
    let longest = min(cut, shift + (law?.quantile(1 - 1e-16) ?? table?.end ?? 0)) + later
    let tail = min(end, longest)
    var table = PanelBuilder(
      end: tail, breaks: breaks.filter { $0 < tail }, scale: mean, tolerance: tolerance
    )
    .build { survival($0) }
    table.final = 0
    return table
  }

  /// Pieces on which a polynomial follows the survival function.
  var pieces: [Double] { survivalTable(until: .infinity, tolerance: 1e-9).ends }

  /// Sums of one break of each, at most 64 of them.
  private static func sums(_ left: [Double], _ right: [Double]) -> [Double] {
    let all = Set(left.flatMap { first in right.map { first + $0 } }).sorted()
    return Array(all.prefix(64))
  }

  private static func atoms(_ shapes: [LawShape], from shift: Double) -> [(
    value: Double, probability: Double
  )]? {
    var found = [(value: shift, probability: 1.0)]
    for shape in shapes {
      guard shape.isAtomic, found.count * shape.atoms.count <= 4096 else { return nil }
      found = found.flatMap { first in
        shape.atoms.map { (first.value + $0.value, first.probability * $0.probability) }
      }
    }
    return found.sorted { $0.value < $1.value }
  }

  private static func table(_ random: [any Distribution]) -> PanelFunction {
    var parts = random.sorted { LawShape($0).kinks.count < LawShape($1).kinks.count }[...]
    let first = parts.removeFirst()
    var breaks = LawShape(first).breaks
    var survival: (Double) -> Double = { first.survival($0) }
    var end = first.quantile(1 - 1e-16)
    var table = PanelFunction()
    for law in parts {
      let measure = LawMeasure(law)
      end = min(end + law.quantile(1 - 1e-16), 1e5 * random.reduce(0) { $0 + $1.mean })
      let inner = (
        function: survival,
        ends: PanelBuilder(end: max(end, 1e-300), breaks: breaks, scale: first.mean, tolerance: 1e-12)
          .build(survival).ends
      )
      breaks = sums(breaks, measure.shape.breaks)
      table = PanelBuilder(end: end, breaks: breaks, scale: measure.scale).build { time in
        law.survival(time)
          + measure.integral(upTo: time, breaks: inner.ends.map { time - $0 }) { inner.function(time - $0) }
      }
      let tabulated = table
      survival = { $0 <= 0 ? 1 : tabulated.value(at: $0) }
    }
    return table
  }
}
