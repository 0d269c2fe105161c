public import Quantities
internal import Recovery
internal import Reliability
public import ServiceGraph
internal import ServiceModel
internal import Stochastics

/// Who notices failures and how soon, what that needs, and what nobody watches.
///
/// A mode is *watched* when it names a detector, and *timed* when it states how long until it is noticed. One that
/// states its recovery only counts as noticed at once by nothing: a blind spot. One whose length is stated as a whole,
/// or comes from the history, has its notice inside; nobody says whose.
public struct DetectionSection: ReportSection {
  /// The key under which programs find it.
  public let key = "detection"
  private let graph: CompiledGraph
  private let unseen: [String: Double]

  /// A section about a model whose history is bound.
  public init(_ graph: CompiledGraph) {
    self.graph = graph
    unseen = DetectionSection.unavailabilities(graph.model)
  }

  private var model: Model { graph.model }

  /// Whether the model has no detector, no response, and no failure that nothing notices.
  var isEmpty: Bool { model.delays.isEmpty && blindSpots.isEmpty }

  /// How much of the time each detector that needs something can not see, exactly; without those that are too large.
  private static func unavailabilities(_ model: Model) -> [String: Double] {
    guard let asked = model.ofDetectors, let graph = try? CompiledGraph(asked),
      let values = try? SteadyState.unavailabilities(of: graph)
    else { return [:] }
    return Dictionary(zip(asked.capabilities.map(\.name), values), uniquingKeysWith: { first, _ in first })
  }

  // MARK: People

  /// What people read.
  public var blocks: [Document.Block] {
    var blocks: [Document.Block] = [.heading("Who notices, and who comes")]
    if !model.delays.isEmpty { blocks.append(.table(delayTable)) }
    let needing = model.delays.filter { !$0.needs.isEmpty }
    if !needing.isEmpty { blocks.append(.table(needTable(needing))) }
    let shared = graph.seeingGates.filter { !$0.sharedFate.isEmpty }
    if !shared.isEmpty { blocks.append(.facts(shared.map(sharedFact))) }
    blocks.append(.facts(modeFacts))
    return blocks
  }

  private func text(_ hours: Double) -> String { TimeSpan(hours: hours)?.description ?? "unbounded" }

  private var delayTable: Document.Table {
    Document.Table(
      columns: ["Detector or response", "is", "least", "mean", "p90", "most", "used by"],
      cells: model.delays.map { delay in
        let law = delay.law
        return [Document.Cell(delay.name), Document.Cell(delay.look)]
          + [delay.leastHours, delay.meanHours, law.quantile(0.9).value, delay.mostHours].map {
            Document.Cell(text($0), number: $0.isFinite ? $0 : nil)
          } + [Document.Cell(users(delay))]
      })
  }

  private func users(_ delay: NamedDelay) -> String {
    guard !delay.users.isEmpty else { return "nothing" }
    return delay.users.prefix(3).joined(separator: ", ") + (delay.users.count > 3 ? ", …" : "")
  }

  private func needTable(_ needing: [NamedDelay]) -> Document.Table {
    Document.Table(
      columns: ["Detector", "needs", "sees", "otherwise noticed"],
      cells: needing.map { delay in
        let blind = unseen[delay.name]
        let sees = blind.flatMap { Availability(unavailability: $0)?.text(digits: 4) } ?? "unknown: too large"
        return [
          Document.Cell(delay.name),
          Document.Cell(delay.needs.map { model.name(of: $0) }.joined(separator: ", ")),
          Document.Cell(sees, number: blind.map { 1 - $0 }),
          Document.Cell(delay.otherwise.map { "after \(text($0.mean))" } ?? "never"),
        ]
      })
  }

  private func sharedFact(_ seeing: SeeingGate) -> Document.Fact {
    Document.Fact(
      "\(model.delays[seeing.detector].name) is blind with", listing(seeing.sharedFate),
      ["each of them alone"])
  }

  private func listing(_ names: [String]) -> String {
    names.prefix(6).joined(separator: ", ") + (names.count > 6 ? ", … (\(names.count))" : "")
  }

  private var modeFacts: [Document.Fact] {
    let modes = noticedModes
    func fact(_ label: String, _ notice: Notice, _ remark: String) -> Document.Fact {
      let names = modes.filter { $0.notice == notice }.map(\.cause)
      return Document.Fact(
        label, names.isEmpty ? "none" : "\(names.count) \(names.count == 1 ? "mode" : "modes")",
        names.isEmpty ? [] : [remark, listing(names)])
    }
    return [
      fact("Watched", .detector, "by a detector"), fact("Timed", .timed, "noticed after a stated time"),
      isAnyNoticed
        ? fact("Blind spots", .nothing, "recover: without detect:, taken as noticed at once")
        : Document.Fact("Blind spots", "none known", ["nothing is watched"]),
      fact("Not said", .whole, "the whole outage is stated or observed"),
    ]
  }

  // MARK: Modes

  /// Failures that count as noticed at once though nothing is said to notice them.
  var blindSpots: [String] { noticedModes.filter { $0.notice == .nothing }.map(\.cause) }

  /// Whether anything is said of who notices a mode, or how soon, or that nothing does; or there is no mode.
  private var isAnyNoticed: Bool {
    let modes = noticedModes
    return modes.isEmpty || modes.contains { $0.notice != .whole }
  }

  private enum Notice: String { case detector, timed, nothing, whole }

  private var noticedModes: [(cause: String, detector: Int?, notice: Notice)] {
    var modes: [(cause: String, detector: Int?, notice: Notice)] = []
    let owners =
      model.domains.map { ($0.causeName, $0.modes) } + model.components.map { ($0.name, $0.modes) }
    for (owner, own) in owners {
      for mode in own where !modes.contains(where: { $0.cause == "\(owner)/\(mode.name)" }) {
        modes.append(("\(owner)/\(mode.name)", mode.detector, notice(mode)))
      }
    }
    return modes
  }

  private func notice(_ mode: FailureMode) -> Notice {
    guard case .parts(let detection, _, _) = mode.outage else { return .whole }
    if mode.detector != nil { return .detector }
    return detection.isEmpty ? .nothing : .timed
  }

  // MARK: Programs

  /// What programs read.
  public var json: JSONValue {
    [
      "delays": .array(model.delays.map(json)),
      "modes": .array(
        noticedModes.map { mode in
          [
            "cause": .string(mode.cause), "noticedBy": .string(mode.notice.rawValue),
            "detector": mode.detector.map { .string(model.delays[$0].name) } ?? .null,
          ]
        }),
    ]
  }

  private func json(_ delay: NamedDelay) -> JSONValue {
    let law = delay.law
    let most = delay.mostHours
    var members: [String: JSONValue] = [
      "name": .string(delay.name), "kind": .string(delay.kind.rawValue), "is": .string(delay.look),
      "leastHours": .number(delay.leastHours), "meanHours": .number(delay.meanHours),
      "p90Hours": .number(law.quantile(0.9).value), "p90IsExact": .bool(law.isExact),
      "mostHours": most.isFinite ? .number(most) : unknownJSON("unbounded"),
      "usedBy": .array(delay.users.map { .string($0) }),
    ]
    guard !delay.needs.isEmpty else { return .object(members) }
    members["needs"] = .array(delay.needs.map { .string(model.name(of: $0)) })
    members["unavailability"] = unseen[delay.name].map { .number($0) } ?? unknownJSON("too large")
    members["otherwiseHours"] = delay.otherwise.map { .number($0.mean) } ?? .null
    let seeing = graph.seeingGates.first { model.delays[$0.detector].name == delay.name }
    members["blindWith"] = .array((seeing?.sharedFate ?? []).map { .string($0) })
    return .object(members)
  }
}

extension NamedDelay {
  /// The shortest and the longest in hours; ∞ for a law without an end.
  fileprivate var leastHours: Double { parts.reduce(0) { $0 + $1.quantile(0) } }
  fileprivate var mostHours: Double { parts.reduce(0) { $0 + $1.quantile(1) } }
}
