internal import ServiceGraph

extension Simulator {
  /// One replication of the run, event by event: the same that the run goes through, whatever the threads.
  ///
  /// - Parameter replication: from 0, less than the plan's replications.
  public func trace(replication: Int) -> ReplicationTrace {
    let observer = TraceObserver(
      capabilities: layout.graph.capabilities.count, edges: layout.edges.edges.count,
      queues: layout.queues.flows.count)
    var worker = ReplicationWorker(layout: layout, plan: plan, observer: observer)
    worker.run(replication: replication)
    return ReplicationTrace(
      replication: replication, graph: layout.graph, seed: plan.seed, horizonHours: plan.horizonHours,
      events: worker.observer.events)
  }
}
