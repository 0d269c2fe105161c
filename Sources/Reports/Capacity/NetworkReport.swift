public import Planning
public import Quantities

/// Customers that go round a network of stations, as `relmodel capacity network` prints it.
public struct NetworkReport: Sendable {
  private let named: NamedNetwork
  private let answer: ClosedNetwork.Answer
  private var network: ClosedNetwork { named.network }

  /// The answer to a network, exact where that is asked for or can be had.
  ///
  /// - Parameter method: how it is to be found; `nil`: exactly where the number of populations allows it.
  public init(_ named: NamedNetwork, method: ClosedNetwork.Method? = nil) {
    self.named = named
    answer =
      switch method {
      case nil: named.network.answer()
      case .exact: named.network.exactAnswer()
      case .schweitzer: named.network.schweitzerAnswer()
      }
  }

  // MARK: People

  /// The report for people.
  public var document: Document {
    let customers = network.classes.reduce(0) { $0 + $1.customers }
    var document = Document(
      title: "\(grouped(customers)) customers, \(grouped(network.stations)) stations")
    document.blocks.append(.facts(facts))
    if network.classes.count > 1 { document.blocks.append(.table(classTable)) }
    document.blocks.append(.heading("Stations"))
    document.blocks.append(.table(stationTable))
    if let growth = growthTable {
      document.blocks.append(.heading("As customers grow"))
      document.blocks.append(.table(growth))
    }
    document.blocks.append(.note(note))
    return document.folded()
  }

  private var facts: [Document.Fact] {
    guard network.classes.count == 1 else { return [bottleneckFact] }
    let response = answer.responseHours[0]
    let rate = answer.throughputPerHour[0]
    return [
      rateFact("Throughput", rate), waitFact("Response", response),
      bottleneckFact,
    ] + kneeFacts
  }

  private func rateFact(_ label: String, _ perHour: Double, _ remarks: [String] = []) -> Document.Fact {
    Document.Fact(
      label, perTimeText(perHour), remarks, number: Document.Number(perHour / 3600, "1/s"))
  }

  private var kneeFacts: [Document.Fact] {
    guard let bounds = network.bounds(), let knee = bounds.knee else { return [] }
    return [
      Document.Fact(
        "Knee", "\(amountText(knee)) customers", ["from there on the bottleneck limits what is done"],
        number: Document.Number(knee)),
      rateFact(
        "Throughput at least", bounds.balancedLeastPerHour,
        ["asymptotic \(perTimeText(bounds.leastPerHour))"]),
      rateFact(
        "Throughput at most", bounds.balancedMostPerHour, ["asymptotic \(perTimeText(bounds.mostPerHour))"]),
    ]
  }

  /// Stations by how busy they are.
  private var loads: [Double] { network.utilizations(answer).map { $0.reduce(0, +) } }

  private var bottleneckFact: Document.Fact {
    let loads = loads
    let busiest = loads.indices.max { (loads[$0], -$0) < (loads[$1], -$1) } ?? 0
    return Document.Fact(
      "Bottleneck", named.stations[busiest], ["\(percentage(loads[busiest])) busy"],
      number: Document.Number(loads[busiest]))
  }

  private var classTable: Document.Table {
    Document.Table(
      columns: ["Class", "customers", "think", "throughput", "at most", "response"],
      cells: network.classes.indices.map { index in
        let own = network.classes[index]
        return [
          Document.Cell(named.classes[index]),
          Document.Cell(grouped(own.customers), number: Double(own.customers)),
          hours(own.thinkHours), rate(answer.throughputPerHour[index]), most(own),
          hours(answer.responseHours[index]),
        ]
      })
  }

  /// What a class could do if it were alone.
  private func most(_ own: ClosedNetwork.CustomerClass) -> Document.Cell {
    let alone = try? ClosedNetwork([own]).bounds()
    return alone.flatMap { $0 }.map { rate($0.mostPerHour) } ?? ""
  }

  private var stationTable: Document.Table {
    let loads = network.utilizations(answer)
    let classes = network.classes.count > 1 ? named.classes : ["demand"]
    return Document.Table(
      columns: ["Station"] + classes + ["busy", "inside"],
      cells: (0..<network.stations).map { station in
        let busy = loads[station].reduce(0, +)
        return [Document.Cell(named.stations[station])]
          + network.classes.map { hours($0.demandHours[station]) } + [
            Document.Cell(percentage(busy), number: busy),
            Document.Cell(
              amountText(answer.queueLengths[station]), number: answer.queueLengths[station]),
          ]
      })
  }

  /// Throughput and response with fewer and more customers; only for one class.
  private var growthTable: Document.Table? {
    guard network.classes.count == 1, let own = network.classes.first, own.customers > 0 else { return nil }
    let knee = network.bounds()?.knee ?? 1
    let counts = [1, Int(knee / 2), Int(knee.rounded()), own.customers, 2 * own.customers]
    let rows = Set(counts.filter { (1...1_000_000).contains($0) }).sorted().compactMap { count in
      (try? network.with(customers: [count])).map { (count, $0.answer()) }
    }
    return Document.Table(
      columns: ["Customers", "throughput", "response"],
      cells: rows.map { count, found in
        [
          Document.Cell(grouped(count), number: Double(count)), rate(found.throughputPerHour[0]),
          hours(found.responseHours[0]),
        ]
      })
  }

  private func rate(_ perHour: Double) -> Document.Cell {
    Document.Cell(perTimeText(perHour), number: perHour / 3600)
  }

  private func hours(_ hours: Double) -> Document.Cell {
    Document.Cell(waitText(hours), number: hours * 3600)
  }

  private var method: String {
    switch answer.method {
    case .exact: "Exact mean value analysis (Reiser and Lavenberg)."
    case .schweitzer: "Schweitzer's approximation, typically within some percent of the exact answer."
    }
  }

  private var note: String {
    "\(method) Stations with one server each, first come first served with exponential service or shared equally; customers "
      + "think for themselves. Bounds: asymptotic, and of balanced networks. \"At most\" is what a class could do alone."
  }

  // MARK: Programs

  /// The report for programs.
  public var json: JSONValue {
    let loads = network.utilizations(answer)
    return [
      "format": "relmodel/1", "command": "capacity network",
      "method": answer.method == .exact ? "exact" : "schweitzer",
      "results": [
        "classes": .array(network.classes.indices.map(classJSON)),
        "stations": .array(
          (0..<network.stations).map { station in
            [
              "name": .string(named.stations[station]),
              "utilization": .number(loads[station].reduce(0, +)),
              "utilizationByClass": .array(loads[station].map { .number($0) }),
              "inside": .number(answer.queueLengths[station]),
            ]
          }),
        "bounds": network.bounds().map(json) ?? .null,
      ],
    ]
  }

  private func classJSON(_ index: Int) -> JSONValue {
    [
      "name": .string(named.classes[index]), "customers": .integer(network.classes[index].customers),
      "throughputPerSecond": .number(answer.throughputPerHour[index] / 3600),
      "responseSeconds": .number(answer.responseHours[index] * 3600),
    ]
  }

  private func json(_ bounds: ClosedNetwork.Bounds) -> JSONValue {
    [
      "bottleneck": .string(named.stations[bounds.bottleneck]),
      "knee": bounds.knee.map { .number($0) } ?? .null,
      "throughputPerSecond": [
        "atLeast": .number(bounds.leastPerHour / 3600), "atMost": .number(bounds.mostPerHour / 3600),
        "balancedAtLeast": .number(bounds.balancedLeastPerHour / 3600),
        "balancedAtMost": .number(bounds.balancedMostPerHour / 3600),
      ],
    ]
  }
}
