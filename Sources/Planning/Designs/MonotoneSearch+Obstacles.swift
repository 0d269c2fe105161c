/// What tells why nothing keeps the promises within the bounds.
extension MonotoneSearch {
  /// Looks for what would, with one bound or promise less at a time.
  ///
  /// - Returns: whether no design needs less of it than those that were worked out.
  mutating func searchObstacles() throws(Failure) -> Bool {
    let asked = question
    defer { question = asked }
    question = asked.unbounded
    let free = try search(.cheapest)
    guard points.contains(where: { $0.meets(asked) }) else {
      return try searchPromises(asked) && free.isProved
    }
    var isProved = free.isProved
    for keepsOthers in [true, false] {
      for bound in asked.bounds {
        question = asked.without(bound, keepsOthers: keepsOthers)
        let outcome =
          if case .use(let resource) = bound { try search(.use(resource)) } else { try search(.cheapest) }
        isProved = outcome.isProved && isProved
      }
    }
    return isProved
  }

  /// How far each promise can be kept by itself, and all without it.
  private mutating func searchPromises(_ asked: DesignQuestion) throws(Failure) -> Bool {
    var isProved = true
    for capability in asked.targets.indices where asked.targets[capability] < 1 {
      question = asked.only(capability)
      isProved = try search(.mostAvailable).isProved && isProved
      question = asked.unbounded
      question.targets[capability] = 1
      isProved = try search(.cheapest).isProved && isProved
    }
    question = asked.unbounded
    question.leastRecovery = 0
    return try search(.cheapest).isProved && isProved
  }
}
