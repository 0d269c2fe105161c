public import Resilience
public import ServiceModel

/// A queue as one group of consumers sees it, over dense indices.
public struct CompiledQueue: Sendable {
  /// The queue's name.
  public let name: String
  /// The consumers' name, as it is written.
  public let consumer: String
  /// What comes in, what is worked on, and what becomes of what can not be.
  public let queue: MessageQueue
  /// The kinds of messages.
  public let topics: [Queue.Topic]
  /// The gate of the broker, and its units.
  public let broker: Int
  /// The units of the broker: what they can not hand out while degraded, consumers do not get.
  public let brokerUnits: [Int]
  /// The gate of what the consumers need apart from the broker; `nil`: nothing.
  public let target: Int?
  /// The dependencies with policies by which they need it: messages whose calls fail are not worked on.
  public let edges: [Int]
  /// The gate of who tries dead letters again; `nil`: nobody.
  public let handler: Int?
  /// The units that share the messages.
  public let consumerUnits: [Int]
  /// How many of them work when all is well.
  public let workingUnits: Int
  /// The gate of a role that moves, in place of its units.
  public let movingConsumer: Int?
  /// Who shares the messages.
  public let order: Queue.Consumer.Order
}

extension GateCompiler {
  /// The queues of the model, each as every group of its consumers sees it. Their gates come after all others.
  mutating func compileQueues() -> [CompiledQueue] {
    var compiled: [CompiledQueue] = []
    for queue in model.queues {
      for consumer in queue.consumers { compiled.append(compile(consumer, of: queue)) }
    }
    return compiled
  }

  private mutating func compile(_ consumer: Queue.Consumer, of queue: Queue) -> CompiledQueue {
    let component = model.components[consumer.target.component]
    let role = consumer.target.role
    let isMoving = role.map { movingIndex[Target(component: consumer.target.component, role: $0)] != nil }
    let units = self.units(of: consumer.target)
    let needs = targetGates(of: consumer.target.component, apartFrom: queue.broker)
    return CompiledQueue(
      name: queue.name, consumer: model.name(of: consumer.target), queue: consumer.queue,
      topics: queue.topics, broker: requirementGate(.one(queue.broker)),
      brokerUnits: self.units(of: queue.broker),
      target: needs.gates.isEmpty ? nil : all(needs.gates), edges: needs.edges,
      handler: queue.handler.map { requirementGate(.one($0)) }, consumerUnits: units,
      workingUnits: component.standby?.running ?? units.count,
      movingConsumer: isMoving == true ? requirementGate(.one(consumer.target)) : nil, order: consumer.order)
  }

  /// What a component needs hard apart from one thing, by the policies in between.
  private mutating func targetGates(of component: Int, apartFrom left: Target) -> (gates: [Int], edges: [Int])
  {
    var (gates, edges): ([Int], [Int]) = ([], [])
    for (place, dependency) in model.components[component].dependencies.enumerated()
    where dependency.strength == .hard {
      let needs = dependency.requirement.parts(apartFrom: left)
      let edge = model.policies.edge(of: .component(component), dependency: place)
      if let edge, !needs.isEmpty, let own = self.edges.open[edge]?.gate {
        gates.append(own)
        edges.append(edge)
      } else {
        gates += needs.map { requirementGate($0) }
      }
    }
    return (gates, edges)
  }

  private func units(of target: Target) -> [Int] {
    let component = model.components[target.component]
    let own = target.role.map { component.roles[$0].units } ?? 0..<component.units.count
    return own.map { firstUnit[target.component] + $0 }
  }
}

extension Requirement<Target> {
  /// The parts that are all needed, apart from one component.
  fileprivate func parts(apartFrom left: Target) -> [Requirement<Target>] {
    var pending = [self]
    var parts: [Requirement<Target>] = []
    while let next = pending.popLast() {
      switch next {
      case .atLeast(let count, let members) where count == members.count: pending += members
      case .one(let target) where target.component == left.component: break
      case .one, .atLeast: parts.append(next)
      }
    }
    return parts.reversed()
  }
}
