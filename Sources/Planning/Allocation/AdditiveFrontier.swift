/// The plans of an additive problem that no other plan beats in two or more measures.
package struct AdditiveFrontier: Sendable {
  /// A plan on the frontier.
  package struct Point: Sendable {
    /// The option of each place.
    package let options: [Int]
    /// Its measures.
    package let sums: [Double]
  }

  /// The plans, by the first measure of the frontier.
  package let points: [Point]
  /// Whether these are all there are; otherwise there are too many, and some were passed over.
  package let isComplete: Bool

  /// The frontier of some measures.
  ///
  /// - Parameters:
  ///   - objectives: the measures that count; others count only as limits.
  ///   - labelLimit: the most partial plans at a time.
  package init(of problem: AdditiveProblem, objectives: [Int], labelLimit: Int = 200_000) {
    let limited = (0..<problem.measures).filter {
      !objectives.contains($0) && problem.limits[$0].isFinite
    }
    let compared = objectives + limited
    let kept = problem.undominatedOptions((0..<problem.measures).map(compared.contains))
    let reduced = problem.keeping(kept)
    let filter = ParetoFilter(tolerances: problem.tolerances)
    var labels = LabelStore(root: [Double](repeating: 0, count: problem.measures))
    var isComplete = true
    let least = reduced.leastFrom
    for place in reduced.places.indices {
      let batch = Self.batch(labels, reduced, place, least)
      var survivors = filter.kept(batch.values, width: labels.width, comparing: compared)
      if survivors.count > labelLimit {
        isComplete = false
        survivors = Self.spread(survivors, labelLimit)
      }
      labels.replace(by: batch, keeping: survivors)
    }
    let final = filter.kept(labels.values, width: labels.width, comparing: objectives)
    self.isComplete = isComplete
    points = final.map { label in
      let options = zip(kept, labels.plan(of: label)).map { $0[$1] }
      return Point(options: options, sums: problem.sums(of: options))
    }
  }

  private static func batch(
    _ labels: LabelStore, _ problem: AdditiveProblem, _ place: Int, _ least: [[Double]]
  ) -> LabelBatch {
    let (width, limits) = (labels.width, problem.roomyLimits)
    var batch = LabelBatch()
    for label in 0..<labels.count {
      for (number, option) in problem.places[place].enumerated() {
        let sums = (0..<width).map { labels.values[label * width + $0] + option[$0] }
        guard (0..<width).allSatisfy({ sums[$0] + least[place + 1][$0] <= limits[$0] }) else { continue }
        batch.values += sums
        batch.parents.append(Int32(label))
        batch.options.append(Int32(number))
      }
    }
    return batch
  }

  /// So many of them, evenly over the whole range, with both ends.
  private static func spread(_ labels: [Int], _ count: Int) -> [Int] {
    (0..<count).map { labels[$0 * (labels.count - 1) / (count - 1)] }
  }
}
