internal import Resilience
internal import Stochastics

/// When slow callees answer that are called one after the other: the sum of their laws, by 64 values of each that are equally
/// likely.
struct SlowAnswers: Sendable {
  private static let parts = 64

  /// For each of the graph's ways to fail the mean, and the middles of as many equal parts of its law; empty where it is not slow.
  private let laws: [(mean: Double, hours: [Double])]

  init(_ ways: [CalleeFailure]) {
    laws = ways.map { way in
      guard case .slow(let law) = way else { return (0, []) }
      let parts = SlowAnswers.parts
      return (law.mean, (0..<parts).map { law.quantile((Double($0) + 0.5) / Double(parts)) })
    }
  }

  /// The share of the answers that come later than a time.
  ///
  /// - Parameters:
  ///   - meanHours: how late they are on average: the means of the ways, and what is fixed.
  ///   - ways: at least one.
  func survival(_ hours: Double, meanHours: Double, ways: [Int]) -> Double {
    let (first, second) = halves(meanHours, ways)
    var (later, place) = (0, second.count)
    for own in first {
      while place > 0, own + second[place - 1] > hours { place -= 1 }
      later += second.count - place
    }
    return Double(later) / Double(first.count * second.count)
  }

  /// Their law; `nil` where they come at once.
  func law(meanHours: Double, ways: [Int]) -> Empirical? {
    let (first, second) = halves(meanHours, ways)
    return try? Empirical(values: first.flatMap { own in second.map { own + $0 } })
  }

  /// Two quantities whose sum they are, ascending: the last way, and all others with what is fixed.
  private func halves(_ meanHours: Double, _ ways: [Int]) -> (first: [Double], second: [Double]) {
    let fixedHours = max(0, meanHours - ways.reduce(0.0) { $0 + laws[$1].mean })
    let first = ways.dropLast().reduce([fixedHours]) { sums, way in
      let all = sums.flatMap { sum in laws[way].hours.map { sum + $0 } }.sorted()
      let size = all.count / SlowAnswers.parts
      return (0..<SlowAnswers.parts).map { part in
        all[part * size..<(part + 1) * size].reduce(0, +) / Double(size)
      }
    }
    return (first, ways.last.map { laws[$0].hours } ?? [0])
  }
}
