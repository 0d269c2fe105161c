internal import Quantities
internal import ServiceGraph
internal import ServiceModel
internal import Simulation

extension TraceReport {
  /// What something waits for, or what its waiting led to.
  func reason(_ kind: TraceEvent.Kind) -> [String: JSONValue] {
    switch kind {
    case .repair(let index, let crew, let step):
      process(index, event: "repair").adding(
        ["crew": .string(graph.model.crews[crew].name)], members(of: step))
    case .response(let index, let step): process(index, event: "response").adding(members(of: step))
    case .spare(let unit, let step):
      ["event": "spare", "unit": .string(graph.unitNames[unit])].adding(members(of: step))
    case .role(let role, let holder, let step):
      [
        "event": "role", "role": .string(graph.movingRoles[role].name),
        "holder": .string(graph.unitNames[holder]), "step": .string(name(of: step)),
      ]
    case .dependency(let edge, let step):
      ["event": "dependency", "dependency": .string(graph.edges[edge].name)].adding(members(of: step))
    case .queue(let place, let step):
      [
        "event": "queue", "queue": .string(graph.queues[place].name),
        "consumer": .string(graph.queues[place].consumer),
      ].adding(members(of: step))
    default: [:]
    }
  }

  private func members(of step: RepairStep) -> [String: JSONValue] {
    switch step {
    case .waits: ["step": "waits"]
    case .begins(let hasWaited): ["step": "begins", "hasWaited": .bool(hasWaited)]
    case .interrupted(let other): ["step": "interrupted", "for": .string(graph.processes[other].name)]
    case .continues: ["step": "continues"]
    }
  }

  private func members(of step: ResponseStep) -> [String: JSONValue] {
    switch step {
    case .detectorIsBlind: ["step": "detector-is-blind"]
    case .comesAfter(let hours): ["step": "comes", "afterHours": .number(hours)]
    }
  }

  private func members(of step: SpareStep) -> [String: JSONValue] {
    switch step {
    case .isReplaced(let byHand): ["step": "is-replaced", "byHand": .bool(byHand)]
    case .isStuck: ["step": "is-stuck"]
    case .takesOver(let from):
      ["step": "takes-over"].adding(from.map { ["from": .string(graph.unitNames[$0])] } ?? [:])
    case .standsBy: ["step": "stands-by"]
    }
  }

  private func name(of step: RoleStep) -> String {
    switch step {
    case .waitsForHolder: "waits-for-holder"
    case .waitsForCandidate: "waits-for-candidate"
    case .isUnseen: "is-unseen"
    case .byHand: "by-hand"
    }
  }

  private func members(of step: DependencyStep) -> [String: JSONValue] {
    switch step {
    case .calls(let failed, let lost):
      ["step": "calls", "failedFraction": .number(failed), "lostFraction": .number(lost)]
    case .breakerOpens(let again): ["step": "breaker-opens", "again": .bool(again)]
    case .breakerTries: ["step": "breaker-tries"]
    case .breakerCloses(let tries): ["step": "breaker-closes", "tries": .integer(tries)]
    case .callerFills(let refused): ["step": "caller-fills", "refusedFraction": .number(refused)]
    case .callerIsFree: ["step": "caller-is-free"]
    case .bulkheadFills: ["step": "bulkhead-fills"]
    case .bulkheadIsFree: ["step": "bulkhead-is-free"]
    case .alertFires: ["step": "alert-fires"]
    case .alertStops: ["step": "alert-stops"]
    }
  }

  private func members(of step: QueueStep) -> [String: JSONValue] {
    switch step {
    case .refuses(let held, let lost):
      ["step": "refuses", "producersHoldBack": .integer(held), "lost": .number(lost)]
    case .accepts: ["step": "accepts"]
    case .fills: ["step": "fills"]
    case .deadLetters: ["step": "dead-letters"]
    case .drained(let most, let letters, let lost):
      [
        "step": "drained", "mostWaiting": .number(most), "deadLetters": .number(letters),
        "lost": .number(lost),
      ]
    }
  }
}

extension [String: JSONValue] {
  fileprivate func adding(_ others: [String: JSONValue]...) -> [String: JSONValue] {
    others.reduce(self) { $0.merging($1) { $1 } }
  }
}
