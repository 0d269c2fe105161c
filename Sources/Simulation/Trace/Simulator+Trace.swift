internal import ServiceGraph

extension Simulator {
  /// One replication of the run, event by event: the same that the run goes through, whatever the threads.
  ///
  /// - Parameter replication: from 0, less than the plan's replications.
  public func trace(replication: Int) -> ReplicationTrace {
    var worker = ReplicationWorker(
      layout: layout, plan: plan, observer: TraceObserver(capabilities: layout.graph.capabilities.count))
    worker.run(replication: replication)
    return ReplicationTrace(
      replication: replication, graph: layout.graph, seed: plan.seed, horizonHours: plan.horizonHours,
      events: worker.observer.events)
  }
}
