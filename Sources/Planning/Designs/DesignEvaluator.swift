/// Works designs out, each once.
final class DesignEvaluator<Failure: Error> {
  // A class, since whatever asks for a design shares what others have asked for.
  typealias Evaluate = ([Int]) throws(Failure) -> DesignMeasures

  let space: DesignSpace
  private let evaluate: Evaluate
  private var known: [[Int]: DesignMeasures] = [:]

  init(_ space: DesignSpace, _ evaluate: @escaping Evaluate) {
    self.space = space
    self.evaluate = evaluate
  }

  /// How many designs were worked out.
  var count: Int { known.count }

  func measures(_ design: [Int]) throws(Failure) -> DesignMeasures {
    if let measures = known[design] { return measures }
    let measures = try evaluate(design)
    known[design] = measures
    return measures
  }

  func point(_ design: [Int]) throws(Failure) -> DesignPoint {
    let measures = try measures(design)
    return DesignPoint(
      design: design, unavailability: measures.unavailability, monthly: measures.monthly,
      once: space.once(design), changes: space.changes(design), outages: measures.outages,
      mostDues: measures.mostDues, recoveries: measures.recoveries, uses: measures.uses)
  }
}
