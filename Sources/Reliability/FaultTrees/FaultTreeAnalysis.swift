public import ServiceGraph

/// Exact answers about the top events of a fault tree, static or dynamic.
public enum FaultTreeAnalysis {
  /// Why there is no answer at all.
  public enum Obstacle: Error, Sendable, Hashable {
    /// A dynamic part of the tree has none.
    case dynamic(DynamicTreeError)
    /// A common-cause group expands to more causes than are allowed.
    case tooManyCauses(group: String)
  }

  /// The most causes that a common-cause group may expand to.
  public static let causeLimit = 100_000

  /// One result for each top, in order.
  public static func results(
    of tree: FaultTree, _ questions: FaultTreeQuestions = FaultTreeQuestions()
  ) throws(Obstacle) -> [FaultTreeResult] {
    for group in tree.commonCauseGroups where group.causeCount > causeLimit {
      throw .tooManyCauses(group: group.name)
    }
    let time = questions.time ?? tree.missionTime ?? 1
    var results: [FaultTreeResult] = []
    if tree.isDynamic {
      let expanded = tree.expandingCommonCause(questions.convention)
      for top in tree.tops.indices {
        results.append(try dynamicResult(expanded, top: top, time: time, horizon: questions.horizon))
      }
    } else {
      let analysis = StaticTreeAnalysis(tree, questions, time: time)
      for top in tree.tops.indices { results.append(analysis.result(ofTop: top)) }
    }
    return results
  }

  private static func dynamicResult(
    _ tree: FaultTree, top: Int, time: Double, horizon: Double?
  ) throws(Obstacle) -> FaultTreeResult {
    let solution: DynamicTreeSolution
    do throws(DynamicTreeError) {
      solution = try DynamicTrees.solve(tree, top: top, at: [time] + (horizon.map { [$0] } ?? []))
    } catch {
      throw .dynamic(error)
    }
    return FaultTreeResult(
      name: tree.tops[top].name, time: time, probability: .exact(solution.probabilities[0]), cutSets: nil,
      allSets: nil,
      meanTimeToFailure: solution.meanTimeToFailure, frequency: nil, importance: nil,
      horizon: horizon.map { DynamicHorizonAnalysis(tree: tree, top: top, horizon: $0).result(solution) },
      notes: ["The order of failures matters in this tree, so it has no cut sets."] + solution.sentences)
  }
}

extension DynamicTreeSolution {
  /// What must be said beside the numbers.
  var sentences: [String] {
    modules.map { module in
      "\(module.outputs.joined(separator: ", ")): a Markov chain of \(module.stateCount) states over "
        + "\(module.eventCount) events."
    }
      + notes.map { note in
        switch note {
        case .orderOfDependencies(let module):
          "\(module): what happens depends on the order in which dependencies strike; they were taken in the "
            + "order written."
        case .repaired(let event):
          "\(event) is repaired, so the probability is that of being failed at the time."
        }
      }
  }
}
