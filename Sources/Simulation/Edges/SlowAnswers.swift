internal import Quantities
internal import Resilience
internal import ServiceGraph
internal import Stochastics

/// When slow callees answer that are called one after the other: the sum of their laws, by 64 values of each that are equally
/// likely.
struct SlowAnswers: Sendable {
  private static let parts = 64

  /// For each of the graph's ways to fail the mean, and the middles of as many equal parts of its law; empty where it is not slow.
  /// After these the laws of what is left of them behind a timeout, as `numberBehind` has them.
  private var laws: [(mean: Double, hours: [Double])]
  /// For each edge and each way whose answers its timeout ends in part: the number of the law of those that it lets pass.
  private var numberBehind: [[Int: Int]] = []

  /// - Parameter waysMet: for each edge the ways in which its callee may fail.
  init(_ ways: [CalleeFailure], _ edges: [CompiledEdge], waysMet: [Set<Int>]) {
    laws = ways.map { way in
      guard case .slow(let law) = way else { return (0, []) }
      return (law.mean, SlowAnswers.middles.map { law.quantile($0) })
    }
    for (edge, met) in zip(edges, waysMet) {
      var numbers: [Int: Int] = [:]
      for way in met.sorted() {
        guard case .slow(let law) = ways[way], let hours = SlowAnswers.hours(behind: edge, way, law) else {
          continue
        }
        numbers[way] = laws.count
        laws.append((hours.reduce(0, +) / Double(hours.count), hours))
      }
      numberBehind.append(numbers)
    }
  }

  /// The middles of equal parts of the probability.
  private static var middles: [Double] { (0..<parts).map { (Double($0) + 0.5) / Double(parts) } }

  /// How long the calls of an edge take that do not fail where its callee is slow; `nil` where its timeout ends none of them, or
  /// all.
  ///
  /// A call that is answered by its attempt j of n, of which each fails with probability q, has waited for those before:
  /// with (1 − q) q^(j − 1) it takes the start of that attempt and an answer within the timeout. With qⁿ all attempts fail, and
  /// a fallback serves it then, or its caller does without. Waits are their means, and a fallback is one that lasts.
  private static func hours(behind edge: CompiledEdge, _ way: Int, _ law: any Distribution) -> [Double]? {
    let (own, policies) = (edge.timings[way], edge.policies)
    let failed = own.result.failedShare
    guard failed > 0, failed < 1 else { return nil }
    let within = middles.map { law.quantile($0 * (1 - failed)) }
    var calls: [(hours: Double, share: Double)] = []
    var reached = 1.0
    for start in own.schedule.startHours {
      calls += within.map { (start + $0, reached * (1 - failed) / Double(parts)) }
      reached *= failed
    }
    let served = edge.isHard ? policies.fallback?.serves.value ?? 0 : 1
    calls.append((own.failedCallHours, reached * served))
    return middles(of: calls.sorted { $0.hours < $1.hours })
  }

  /// The middles of equal parts of some values with weights, ascending.
  private static func middles(of values: [(hours: Double, share: Double)]) -> [Double] {
    let total = values.reduce(0) { $0 + $1.share }
    var (place, sum) = (0, values[0].share)
    return middles.map { middle in
      while sum < middle * total, place < values.count - 1 {
        place += 1
        sum += values[place].share
      }
      return values[place].hours
    }
  }

  /// The number of the law of the calls that do not fail, and its mean, where the timeout of an edge ends a part of them.
  func law(behind edge: Int, way: Int) -> (number: Int, meanHours: Double)? {
    numberBehind[edge][way].map { ($0, laws[$0].mean) }
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
