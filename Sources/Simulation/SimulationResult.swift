internal import ServiceGraph
public import Stochastics

/// What a simulation says.
public struct SimulationResult: Sendable {
  /// How it was run.
  public let plan: SimulationPlan
  /// How many replications the estimates rest on.
  public let replications: Int
  /// Whether it was stopped before its replications were done.
  public let isPartial: Bool
  /// One estimate for each capability, in the order declared.
  public let capabilities: [CapabilityEstimate]
  /// How often each role with failover moved.
  public let failovers: [FailoverEstimate]
  /// What each failure that takes data loses, in the order of the model's `storeFailures`, those that a failover answers
  /// among them.
  public let dataLosses: [DataLossEstimate]
  /// The causes whose losses are not drawn, since only an availability of theirs is known.
  public let lossesNotDrawn: [String]
  /// What became of messages: one for each queue and group of its consumers, in the order declared.
  public let queues: [QueueEstimate]
  /// For how long at most processes ran before time 0 that have no long-run law to begin from: those that wait for
  /// crews, stand by or share their load. `nil` when there are none, or the simulation begins new.
  public let warmUpHours: Double?
  /// What the policies of dependencies did, in the order of the graph's edges.
  public let edges: [EdgeEstimate]
  /// What alerts on failing calls did, in the order of the graph's edges.
  public let alerts: [AlertEstimate]
  /// How long requests take, of each capability that promises it, in the order declared.
  public let latencies: [LatencyEstimate]
  /// What planned work came to, in the order of the graph's.
  public let planned: [PlannedEstimate]
  /// What was asked of components and what there was for it; empty where nothing follows the demand.
  public let capacities: [CapacityEstimate]
  /// What came of the nodes that autoscaled units ask for room on, in the order of the graph's pools.
  public let nodePools: [NodePoolEstimate]

  init(tally: Tally, layout: SimulationLayout, plan: SimulationPlan, isPartial: Bool) {
    self.plan = plan
    self.isPartial = isPartial
    replications = tally.replications
    warmUpHours = layout.live.isEmpty || plan.start == .new ? nil : layout.live.warmUpHours
    edges = zip(layout.edges.edges, tally.edges).map { edge, own in
      EdgeEstimate(edge, own, replications: tally.replications, plan: plan)
    }
    alerts = zip(layout.edges.alerts.alerts, tally.alerts).map { alert, own in
      AlertEstimate(
        alert, own, outages: tally.edges[alert.edge][.outages], layout.graph,
        replications: tally.replications, plan: plan)
    }
    latencies = zip(layout.latency.services, tally.latencies).map { service, own in
      LatencyEstimate(
        service, own, downtime: tally.capabilities[service.capability].downtime, layout.latency,
        name: layout.graph.capabilities[service.capability].name, replications: tally.replications, plan: plan
      )
    }
    capacities = zip(layout.demand.loads, tally.capacities).map { load, own in
      CapacityEstimate(load, own, replications: tally.replications, plan: plan)
    }
    nodePools = zip(layout.graph.demand.nodePools, tally.nodePools).map { pool, own in
      NodePoolEstimate(pool, own, replications: tally.replications, plan: plan)
    }
    capabilities = layout.graph.capabilities.indices.map { index in
      CapabilityEstimate(index, tally: tally, layout: layout, plan: plan)
    }
    planned = SimulationResult.planned(tally, layout, plan)
    dataLosses = zip(layout.losses.failures, tally.dataLosses).map {
      DataLossEstimate($0, $1, replications: tally.replications, plan: plan)
    }
    lossesNotDrawn = layout.losses.notDrawn
    queues = zip(tally.queues, layout.queues.flows).map {
      QueueEstimate($0, $1, replications: tally.replications, plan: plan)
    }
    failovers = layout.graph.movingRoles.enumerated().compactMap { index, role in
      guard role.failover != nil else { return nil }
      func perYear(_ moves: Moments) -> Estimate {
        moves.estimate(count: tally.replications, scale: 1 / plan.years, confidence: plan.confidence)
      }
      return FailoverEstimate(
        role: role.name, perYear: perYear(tally.failovers[index]),
        unplannedPerYear: perYear(
          layout.planned.isEmpty ? tally.failovers[index] : tally.planned.unplannedMoves[index]))
    }
  }

  /// Whether every capability's unavailability is known to this relative half-width, by enough replications.
  public func reaches(relativeError: Double) -> Bool {
    replications >= SimulationPlan.fewestBeforeStopping
      && capabilities.allSatisfy { capability in
        let estimate = capability.unavailability
        return estimate.value > 0 && (estimate.high - estimate.value) <= relativeError * estimate.value
      }
  }
}

/// How often a role moved.
public struct FailoverEstimate: Sendable, Hashable {
  /// The role as it is written: `ledger/writer`.
  public let role: String
  /// Moves per year of 8,760 h.
  public let perYear: Estimate
  /// Those of them that planned work did not set off, and that lose what the new holder is behind. Before planned work
  /// the role is handed over with everything.
  public let unplannedPerYear: Estimate
}

extension Moments {
  /// The mean of `count` numbers times `scale`; with no events seen, 0 up to the rule of three.
  func estimate(count: Int, scale: Double, confidence: Double) -> Estimate {
    if sum == 0, count > 0 {
      let high = poissonUpperLimit(count: 0, confidence: confidence) / Double(count) * scale
      return Estimate(value: 0, low: 0, high: high, confidence: confidence)
    }
    let mean = meanEstimate(
      count: count, tickSum: sum, tickSumOfSquares: squares, scale: scale, confidence: confidence)
    let value = count > 0 ? Double(sum) / Double(count) * scale : 0
    guard let mean else { return Estimate(value: value, low: 0, high: .infinity, confidence: confidence) }
    return Estimate(value: mean.value, low: max(0, mean.low), high: mean.high, confidence: confidence)
  }
}
