internal import Quantities
internal import Resilience
internal import ServiceGraph

/// The queues of a graph laid out for the event loop.
struct QueueLayout: Sendable {
  /// One queue as a group of consumers sees it.
  struct Flow: Sendable {
    let compiled: CompiledQueue
    /// Parts of a message that are counted whole: a power of two, 1,024 unless so many messages come in that their
    /// squares could outgrow 128 bits.
    let partsPerMessage: Double

    init(_ compiled: CompiledQueue, horizonHours: Double) {
      self.compiled = compiled
      let most = max(1, compiled.queue.arrivals.perHour * horizonHours)
      partsPerMessage = min(1024, exp2Floor(QueueLayout.mostParts / most / 2))
    }

    /// Messages as whole parts.
    func parts(_ messages: Double) -> Int64 {
      Int64(min(QueueLayout.mostParts, (messages * partsPerMessage).rounded()))
    }
  }

  let flows: [Flow]

  /// The most parts of messages that one replication counts; its square times 2³² fits in 127 bits.
  static let mostParts = 0x1p46

  init(_ graph: CompiledGraph, plan: SimulationPlan) {
    flows = graph.queues.map { Flow($0, horizonHours: plan.horizonHours) }
  }

  var isEmpty: Bool { flows.isEmpty }
}

/// The largest power of two that is no larger.
private func exp2Floor(_ value: Double) -> Double {
  Double(sign: .plus, exponent: value.exponent, significand: 1)
}
