public import Quantities
internal import ServiceGraph
internal import ServiceModel
internal import Stochastics

/// How a model is read, in words and numbers.
public struct ExplainReport: Sendable {
  private let header: ResultHeader
  private let only: String?

  /// A report about the whole model, or about one thing in it.
  public init(header: ResultHeader, only: String?) {
    self.header = header
    self.only = only
  }

  private var model: Model { header.graph.model }

  private func isShown(_ name: String) -> Bool { only == nil || only == name }

  /// Whether nothing bears the name asked for.
  public var isEmpty: Bool {
    !model.capabilities.contains { isShown($0.name) } && !model.components.contains { isShown($0.name) }
      && !model.domains.contains { isShown($0.name) || isShown($0.causeName) }
      && !model.queues.contains { isShown($0.name) }
  }

  // MARK: Document

  /// The report for people.
  public var document: Document {
    var document = Document(title: "How \(model.name) is read")
    for capability in model.capabilities where isShown(capability.name) {
      document.blocks += blocks(capability)
    }
    for (index, component) in model.components.enumerated() where isShown(component.name) {
      document.blocks += blocks(component, index)
    }
    for reading in queues { document.blocks += reading.blocks }
    let policyFacts = policyFacts
    for facts in policyFacts { document.blocks += facts.blocks }
    if policyFacts.contains(where: { !$0.ways.isEmpty }) { document.blocks.append(PolicyFacts.note) }
    if let note = policyFacts.lazy.compactMap(\.groupNote).first { document.blocks.append(note) }
    if !policyFacts.isEmpty { document.blocks += model.retryNotes }
    document.blocks += PlannedFacts(header.graph, only: only).blocks
    if let detection { document.blocks += detection.blocks }
    let table = processTable()
    if !table.rows.isEmpty {
      document.blocks.append(.heading("What fails"))
      document.blocks.append(.table(table))
    }
    if only == nil { document.blocks += ClaimFacts(claims: model.claims).blocks }
    document.blocks += header.footnotes()
    return document
  }

  /// Who notices, where the whole model is shown and anything is said or missing.
  private var detection: DetectionSection? {
    guard only == nil else { return nil }
    let section = DetectionSection(header.graph)
    return section.isEmpty ? nil : section
  }

  private var queues: [QueueReading] {
    QueueReading.all(of: header.graph).filter { isShown($0.flow.name) || isShown($0.flow.consumer) }
  }

  /// The policies of what is shown.
  private var policyFacts: [PolicyFacts] {
    zip(model.policies.edges, header.graph.edges).filter { own, _ in
      switch own.owner {
      case .component(let index): isShown(model.components[index].name)
      case .capability(let index): isShown(model.capabilities[index].name)
      }
    }
    .map { PolicyFacts($1, in: header.graph) }
  }

  private func blocks(_ capability: Capability) -> [Document.Block] {
    var facts = capability.dependencies.map { fact($0) }
    facts += capability.demands.map {
      Document.Fact("demand", "\(shortest($0.units)) healthy units of \(model.name(of: $0.target))")
    }
    facts += capability.profileFacts
    facts += capability.objectives.map {
      Document.Fact(
        "objective",
        "\($0.availability) per \($0.windowText)\($0.excludesPlanned ? ", without planned work" : "")")
    }
    if let cost = capability.downtimeText { facts.append(Document.Fact("downtime", "costs \(cost)")) }
    return [.heading("\(capability.name) is up while"), .facts(facts)]
  }

  private func fact(_ dependency: Dependency<Target>) -> Document.Fact {
    let text = sentence(dependency.requirement)
    switch dependency.strength {
    case .hard: return Document.Fact("needs", text)
    case .soft(let loss): return Document.Fact("loses \(loss)", "without \(text)")
    }
  }

  private func sentence(_ requirement: Requirement<Target>) -> String {
    switch requirement {
    case .one(let target): return model.name(of: target)
    case .atLeast(let count, let members):
      let list = members.map(sentence).joined(separator: ", ")
      if count == members.count { return "all of (\(list))" }
      return count == 1 ? "any of (\(list))" : "at least \(count) of (\(list))"
    }
  }

  private func blocks(_ component: Component, _ index: Int) -> [Document.Block] {
    var facts = component.roles.map { role in
      Document.Fact(
        role.name ?? "replicas", "\(role.required) of \(role.units.count) needed",
        [places(of: role.units.map { component.units[$0] })])
    }
    facts += component.dependencies.map { fact($0) }
    facts += component.failovers.map { fact($0, of: component) }
    facts += component.demandFacts
    return [.heading(component.title.map { "\(component.name) — \($0)" } ?? component.name), .facts(facts)]
  }

  private func fact(_ failover: Failover, of component: Component) -> Document.Fact {
    let candidates = failover.candidates.compactMap { component.roles[$0].name }.joined(separator: ", then ")
    let detection = failover.detection.reduce(0) { $0 + $1.mean }
    var remarks = [
      "noticed after \(TimeSpan(hours: detection) ?? .zero), takes \(TimeSpan(hours: failover.takes.mean) ?? .zero) on average",
      "works in \(failover.works)",
    ]
    if failover.works.complement > 0 {
      remarks.append(
        failover.manual.map { "else \(TimeSpan(hours: $0.mean) ?? .zero) by hand" } ?? "else until it returns"
      )
    }
    if let loss = component.loss(of: failover) { remarks.append("loses \(loss.lossText) of data") }
    if !failover.needs.isEmpty {
      remarks.append("needs \(failover.needs.map { model.name(of: $0) }.joined(separator: ", "))")
    }
    return Document.Fact(
      "failover", "\(component.roles[failover.role].name ?? "") from \(candidates)", remarks)
  }

  private func places(of units: [Component.Unit]) -> String {
    let names = units.compactMap(\.domain).map { model.domains[$0].name }
    guard !names.isEmpty else { return "nowhere in particular" }
    var distinct: [String] = []
    for name in names where !distinct.contains(name) { distinct.append(name) }
    return "in \(distinct.prefix(8).joined(separator: ", "))\(distinct.count > 8 ? ", …" : "")"
  }

  /// One row for each cause and scope: how often each entity fails, for how long, and the share of time.
  private func processTable() -> Document.Table {
    var rows: [[String]] = []
    for (cause, name) in header.graph.causes.enumerated()
    where only == nil || name.hasPrefix("\(only ?? "")/") {
      let processes = header.graph.processes.filter { $0.cause == cause }
      guard let first = processes.first else { continue }
      rows.append([
        name, grouped(processes.count), "\(first.units.count)", uptimeText(first), outageText(first),
        "\(significant(first.unavailability * 100, digits: 3)) %",
      ])
    }
    return Document.Table(
      columns: ["Cause", "processes", "units hit", "up time", "outage", "each down"], rows: rows)
  }

  private func uptimeText(_ process: RenewalProcess) -> String {
    guard let uptime = process.uptime else { return "unknown" }
    let mean = TimeSpan(hours: uptime.mean)?.description ?? "unbounded"
    return type(of: uptime).kind == "exponential" ? "mtbf \(mean)" : "mean \(mean), \(type(of: uptime).kind)"
  }

  private func outageText(_ process: RenewalProcess) -> String {
    guard let mean = process.meanOutageHours else { return "unknown" }
    let parts = process.outage.map { TimeSpan(hours: $0.mean)?.description ?? "" }
    let sum = parts.count > 1 ? " (\(parts.joined(separator: " + ")))" : ""
    return "\(TimeSpan(hours: mean) ?? .zero)\(sum)\(process.takesDown ? "" : ", degraded")"
  }

  // MARK: JSON

  /// The report for programs: every process with its numbers.
  public var json: JSONValue {
    let processes = header.graph.processes.filter { process in
      only == nil || header.graph.causes[process.cause].hasPrefix("\(only ?? "")/")
    }
    var results: [String: JSONValue] = ["processes": .array(processes.map(json))]
    if !queues.isEmpty { results["queues"] = .array(queues.map(\.json)) }
    results.merge(PlannedFacts(header.graph, only: only).members) { own, _ in own }
    if !policyFacts.isEmpty { results["policies"] = .array(policyFacts.map(\.json)) }
    let demand =
      model.capabilities.filter { isShown($0.name) }.compactMap(\.profileJSON)
      + model.components.filter { isShown($0.name) }.compactMap(\.demandJSON)
    if !demand.isEmpty { results["demand"] = .array(demand) }
    if let detection { results[detection.key] = detection.json }
    if only == nil, !model.claims.all.isEmpty { results["claims"] = ClaimFacts(claims: model.claims).json }
    return header.json(command: "explain", results: results)
  }

  private func json(_ process: RenewalProcess) -> JSONValue {
    [
      "name": .string(process.name), "cause": .string(header.graph.causes[process.cause]),
      "unavailability": .number(process.unavailability),
      "meanUpHours": process.uptime.map { .number($0.mean) } ?? unknownJSON("only an availability is known"),
      "meanOutageHours": process.meanOutageHours.map { .number($0) }
        ?? unknownJSON("only an availability is known"),
      "uptime": process.uptime.map { .string($0.description) } ?? .null,
      "outage": .array(process.outage.map { .string($0.description) }),
      "units": .array(process.units.map { .string(header.graph.unitNames[$0]) }),
      "remainingFraction": .number(process.remainingFraction),
    ]
  }
}
