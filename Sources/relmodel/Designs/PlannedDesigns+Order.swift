import Planning
import Reliability
import ServiceGraph

/// What is shown of designs on a diagram, without their numbers.
extension PlannedDesigns {
  /// Whether one design fails only where another does; `nil` where what is served counts, which is more than up or down.
  func order(_ asked: PlanAims.Asked) -> DesignPlanner<any Error>.Order? {
    guard !asked.isServed else { return nil }
    return { better, worse, capability throws(any Error) in
      FailureOrder.isProved(
        try graph(better), noWorseThan: try graph(worse), capability: asked.capabilities[capability])
    }
  }
}
