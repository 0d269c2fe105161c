internal import Planning
internal import Quantities
internal import Resilience
internal import ServiceModel

/// What finds no place, and who goes where there is not room for all.
extension CapacityReport {
  // MARK: Overflow

  var overflowBlocks: [Document.Block] {
    guard !plan.overflows.isEmpty else { return [] }
    return [
      .heading("Calls that find no place, in each unit"),
      .table(
        Document.Table(
          columns: ["Pool", "offered", "slots", "what happens", "to", "mean wait"],
          cells: plan.overflows.map { pool in
            [
              Document.Cell(pool.name),
              Document.Cell("\(amountText(pool.workload.offered)) erlang", number: pool.workload.offered),
              Document.Cell(grouped(pool.workload.servers), number: Double(pool.workload.servers)),
              Document.Cell(text(pool.rule)), Document.Cell(percentage(pool.share), number: pool.share),
              Document.Cell(waitText(pool.meanWaitHours), number: pool.meanWaitHours * 3600),
            ]
          })),
    ]
  }

  private func text(_ rule: Pool.Overflow) -> String {
    switch rule {
    case .reject: "is refused"
    case .callerRuns: "run by the caller"
    case .wait(let longest): "gives up after \(waitText(longest.hours))"
    }
  }

  var overflowJSON: JSONValue {
    .array(
      plan.overflows.map { pool in
        [
          "pool": .string(pool.name), "offered": .number(pool.workload.offered),
          "slots": .integer(pool.workload.servers), "rule": .string(text(pool.rule)),
          "share": .number(pool.share), "meanWaitSeconds": .number(pool.meanWaitHours * 3600),
        ]
      })
  }

  // MARK: Shedding

  var sheddingBlocks: [Document.Block] { plan.sheddings.flatMap(blocks) }

  private func blocks(_ shedding: Shedding) -> [Document.Block] {
    let place = shedding.lost.map { " after the loss of \($0)" } ?? ""
    let ladder: [Document.Block] =
      shedding.lost == nil
      ? [.heading("\(shedding.pool) by priority, by what units may take"), .table(ladder(shedding))] : []
    guard !shedding.steps.isEmpty || !shedding.suffices else { return ladder }
    return ladder + [
      .heading("Who goes first on \(shedding.pool)\(place)"), .table(steps(shedding)),
      .note(outcome(shedding)),
    ]
  }

  private func ladder(_ shedding: Shedding) -> Document.Table {
    let room = shedding.room
    return Document.Table(
      columns: ["Priority", "CPU", "memory", "with what matters more", "of CPU", "of memory", "components"],
      cells: shedding.rungs.map { rung in
        let (cpu, bytes) = (rung.upToHere.cpu / room.cpu, rung.upToHere.bytes / room.bytes)
        return [
          Document.Cell(rung.priority?.rawValue ?? "not stated"),
          Document.Cell(amountText(rung.asked.cpu), number: rung.asked.cpu), data(rung.asked.bytes),
          Document.Cell(rung.upToHere.text), Document.Cell(percentage(cpu), number: cpu),
          Document.Cell(percentage(bytes), number: bytes),
          Document.Cell(rung.components.joined(separator: ", ")),
        ]
      })
  }

  private func data(_ bytes: Double) -> Document.Cell {
    Document.Cell(DataSize(bytes: bytes)?.description ?? "0 B", number: bytes)
  }

  private func steps(_ shedding: Shedding) -> Document.Table {
    Document.Table(
      columns: ["Goes", "priority", "units", "frees CPU", "memory"],
      cells: shedding.steps.map { step in
        [
          Document.Cell(step.component), Document.Cell(step.priority.rawValue),
          Document.Cell("\(step.units) of \(step.of)", number: Double(step.units)),
          Document.Cell(amountText(step.freed.cpu), number: step.freed.cpu), data(step.freed.bytes),
        ]
      })
  }

  private func outcome(_ shedding: Shedding) -> String {
    let lost =
      shedding.lostCapabilities.isEmpty
      ? "No capability is lost by it."
      : "Lost with them: \(shedding.lostCapabilities.joined(separator: ", "))."
    let rest =
      shedding.suffices
      ? "The rest fits into \(shedding.room.text) as a sum."
      : "The rest still takes more than \(shedding.room.text): what states no priority stays."
    let way =
      shedding.isProved
      ? "Within the last priority no choice loses fewer capabilities, or frees less."
      : "Within the last priority the largest go first; not all choices were compared."
    return "\(shedding.asked.text) may be taken. \(rest) \(lost) \(way)"
  }

  var sheddingJSON: JSONValue {
    .array(
      plan.sheddings.map { shedding in
        [
          "pool": .string(shedding.pool), "lost": shedding.lost.map { .string($0) } ?? .null,
          "room": json(shedding.room), "asked": json(shedding.asked), "fits": .bool(shedding.steps.isEmpty),
          "suffices": .bool(shedding.suffices), "proved": .bool(shedding.isProved),
          "priorities": .array(shedding.rungs.map(json)),
          "goes": .array(shedding.steps.map(json)),
          "lostCapabilities": .array(shedding.lostCapabilities.map { .string($0) }),
        ]
      })
  }

  private func json(_ rung: Shedding.Rung) -> JSONValue {
    [
      "priority": rung.priority.map { .string($0.rawValue) } ?? .null,
      "components": .array(rung.components.map { .string($0) }), "asked": json(rung.asked),
      "upToHere": json(rung.upToHere),
    ]
  }

  private func json(_ step: Shedding.Step) -> JSONValue {
    [
      "component": .string(step.component), "priority": .string(step.priority.rawValue),
      "units": .integer(step.units), "of": .integer(step.of), "freed": json(step.freed),
    ]
  }

  private func json(_ resources: ComputeResources) -> JSONValue {
    ["cpu": .number(resources.cpu), "memoryBytes": .number(resources.bytes)]
  }
}
