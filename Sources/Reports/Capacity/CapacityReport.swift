public import Planning
public import Quantities
public import ServiceModel

/// What each limit of a model leaves room for, as `relmodel capacity` prints it.
public struct CapacityReport: Sendable {
  private let model: Model
  let plan: CapacityPlan
  let outlook: CapacityOutlook
  private let variants: [CapacityVariant]

  /// A report about a model; how often things fail does not matter.
  ///
  /// - Parameters:
  ///   - outlook: how what is asked grows.
  ///   - variants: the same model with other numbers of units.
  public init(
    _ model: Model, outlook: CapacityOutlook = CapacityOutlook(), variants: [CapacityVariant] = []
  ) {
    (self.model, self.outlook, self.variants) = (model, outlook, variants)
    plan = CapacityPlan(model)
  }

  /// Whether the model states no demand and no pool.
  public var isEmpty: Bool { plan.limits.isEmpty }

  // MARK: People

  /// The report for people.
  public var document: Document {
    var document = Document(title: "\(model.name) · capacity")
    document.blocks.append(.heading("Bottlenecks, the first to be reached first"))
    document.blocks.append(.table(table(plan.bottlenecks)))
    document.blocks += variantBlocks(variants) + alertBlocks + overflowBlocks + sheddingBlocks
    document.blocks += lossBlocks("zone", \.zones) + lossBlocks("node", \.nodes)
    document.blocks.append(.note(note))
    return document.folded()
  }

  private func table(_ limits: [CapacityLimit]) -> Document.Table {
    Document.Table(
      columns: [
        "What", "of", "used", "there is", "now", "a unit lost", "a node lost", "a zone lost", "grows by",
        fillingColumn,
      ],
      cells: limits.map { limit in
        [
          Document.Cell(label(limit)), Document.Cell(text(limit.kind)), amount(limit.now.used, limit.kind),
          amount(limit.now.capacity, limit.kind), fullness(limit.now), limit.unit.map(fullness) ?? "",
        ] + [limit.nodes, limit.zones].map(worst) + [growth(limit), filling(limit)]
      }
    ).folded(before: [5])
  }

  func label(_ limit: CapacityLimit) -> String {
    switch limit.kind {
    case .connections: "into \(limit.name)"
    case .handedOn: "through \(limit.name)"
    case .work, .slots, .slotMemory, .data, .cpu, .memory: limit.name
    case .cpuLimits, .memoryLimits: "\(limit.name) limits"
    }
  }

  func text(_ kind: CapacityLimit.Kind) -> String {
    switch kind {
    case .work(let capabilities): "work of \(capabilities.joined(separator: ", "))"
    case .slots: "slots"
    case .connections(let pools):
      pools.isEmpty ? "connections" : "connections of \(pools.joined(separator: ", "))"
    case .handedOn: "connections in, each holding one out"
    case .cpu, .memory: "requests"
    case .slotMemory: "memory of all slots"
    case .data(let kind, .evict): "\(kind.rawValue), evicts when full"
    case .data(let kind, .reject): "\(kind.rawValue), refuses when full"
    case .cpuLimits, .memoryLimits: "what units may take"
    }
  }

  func amount(_ value: Double?, _ kind: CapacityLimit.Kind) -> Document.Cell {
    guard let value else { return "unknown" }
    let text = kind.isData ? DataSize(bytes: value)?.description : nil
    return Document.Cell(text ?? amountText(value), number: value)
  }

  func fullness(_ load: CapacityLoad) -> Document.Cell {
    switch load.fullness {
    case .share(let share): Document.Cell(percentage(share), number: share)
    case .gone: "none left"
    case .unknown: "unknown"
    }
  }

  private func worst(_ losses: [CapacityLimit.Loss]) -> Document.Cell {
    CapacityLimit.worst(losses).map { fullness($0.load) } ?? ""
  }

  private func growth(_ limit: CapacityLimit) -> Document.Cell {
    limit.now.growth.map { Document.Cell($0 > 1 ? "× \(significant($0, digits: 3))" : "full", number: $0) }
      ?? ""
  }

  /// Every limit after the loss of each place: those that a place takes something of.
  private func lossBlocks(
    _ what: String, _ losses: KeyPath<CapacityLimit, [CapacityLimit.Loss]>
  ) -> [Document.Block] {
    let known = plan.bottlenecks.filter { limit in
      limit[keyPath: losses].contains { $0.load != limit.now && $0.load.fullness != .unknown }
    }
    guard let first = known.first else { return [] }
    return [
      .heading("After the loss of a \(what)"),
      .table(
        Document.Table(
          columns: ["What"] + first[keyPath: losses].map(\.domain),
          cells: known.map { limit in
            [Document.Cell(label(limit))] + limit[keyPath: losses].map { fullness($0.load) }
          })),
    ]
  }

  private var note: String {
    "What is asked stays as it is after a loss, shared evenly among what is left; of a role that moves, its candidates count. "
      + "Calls inside a pool are traffic × mean latency (Little); connections are all that pools may open with all units that "
      + "autoscaling may add; where they are handed "
      + "on, one in holds one out as in session pooling, and a pooler that shares them needs fewer. Demands of several "
      + "capabilities are each judged by itself, at the busiest hour. Sums over nodes say what can not fit, not that it does. "
      + "What comes back by autoscaling or rescheduling is not counted."
  }

  // MARK: Programs

  /// The report for programs.
  public var json: JSONValue {
    [
      "format": "relmodel/1", "command": "capacity", "model": .string(model.name),
      "results": [
        "limits": .array(plan.bottlenecks.map(json)), "overflow": overflowJSON, "shedding": sheddingJSON,
        "units": .array(variants.map { variantJSON($0) }),
      ],
    ]
  }

  func json(_ limit: CapacityLimit) -> JSONValue {
    [
      "name": .string(limit.name), "kind": .string(key(limit.kind)), "of": .string(text(limit.kind)),
      "now": json(limit.now), "unitLost": limit.unit.map(json) ?? .null,
      "nodes": .array(limit.nodes.map { ["lost": .string($0.domain), "load": json($0.load)] }),
      "zones": .array(limit.zones.map { ["lost": .string($0.domain), "load": json($0.load)] }),
      "growth": limit.now.growth.map { .number($0) } ?? .null,
      "yearsUntilFull": (outlook.filling(of: limit)?.years).map { .number($0) } ?? .null,
      "fillingBetween": fillingJSON(limit), "alert": alertJSON(limit),
    ]
  }

  private func key(_ kind: CapacityLimit.Kind) -> String {
    switch kind {
    case .work: "work"
    case .slots: "slots"
    case .connections: "connections"
    case .cpu: "cpu"
    case .memory: "memory-bytes"
    case .handedOn: "handed-on"
    case .slotMemory: "slot-memory-bytes"
    case .data(let kind, _): "\(kind.rawValue)-pool-bytes"
    case .cpuLimits: "cpu-limits"
    case .memoryLimits: "memory-limits-bytes"
    }
  }

  private func json(_ load: CapacityLoad) -> JSONValue {
    let share: JSONValue =
      switch load.fullness {
      case .share(let share): .number(share)
      case .gone: "none-left"
      case .unknown: "unknown"
      }
    return [
      "used": load.used.map { .number($0) } ?? .null, "capacity": load.capacity.map { .number($0) } ?? .null,
      "utilization": share,
    ]
  }
}
