internal import Quantities
internal import Reliability
internal import ServiceGraph
internal import ServiceModel
internal import Simulation

/// What designs do to data, calls and messages, and what an answer about one leaves out.
extension ComparisonReport {
  /// Each design's own simulation.
  var simulated: [SimulateReport] {
    zip(designs, comparison.designs).map { SimulateReport(header: $0.header, result: $1, checks: []) }
  }

  /// Losses of data, recovery objectives, policies and messages, of the designs that have any.
  var otherAnswers: [Document.Block] {
    let reports = simulated
    func table(_ keys: Int, _ own: (SimulateReport) -> Document.Table) -> [Document.Block] {
      let tables = reports.enumerated().map { (mark: mark($0), table: own($1)) }
      return Document.Table(designs: tables, keys: keys).map { [.table($0)] } ?? []
    }
    let losses = table(2) { $0.lossTable } + table(3) { $0.attainmentTable }
    let policies = table(1) { report in
      EdgeTables(report.result.edges, hoursPerYear: report.header.conventions.hoursPerYear).outageTable
    }
    let messages = table(1) { $0.queueSection.fateTable }
    return (losses.isEmpty ? [] : [.heading("Data lost")]) + losses
      + (policies.isEmpty ? [] : [.heading("Policies, per year")]) + policies
      + (messages.isEmpty ? [] : [.heading("Messages")]) + messages
  }

  // MARK: What the methods can not answer

  /// What differs between designs in what the engines can say of them.
  var methodNotes: [String] {
    let answered = designs.indices.filter { designs[$0].exact != nil }
    var notes: [String] = []
    if answered.count < designs.count {
      let without = designs.indices.filter { designs[$0].exact == nil }
      notes.append("The exact engine has no answer for \(marks(without)), so no exact difference.")
    }
    let played = byDesign { number in
      designs[number].model.capabilities.compactMap { onlySimulated($0.name, designs[number]) }
    }
    notes += played.map { Self.playedNote($0.text, marks($0.designs)) }
    notes += byDesign(approximations).map { "Exact, in \(marks($0.designs)): \($0.text)." }
    return notes + undrawn
  }

  /// `policies are` as a sentence: “Policies, in B, are only simulated: …”.
  private static func playedNote(_ reason: String, _ designs: String) -> String {
    let words = reason.split(separator: " ")
    let what = words.dropLast().joined(separator: " ")
    return
      "\(what.prefix(1).uppercased() + what.dropFirst()), in \(designs), \(words.last ?? "are") only simulated: no exact "
      + "difference of what stands on \(words.last == "is" ? "it" : "them")."
  }

  /// What the exact engine approximates or leaves out of a design, but for policies, which have a note of their own.
  private func approximations(_ design: Int) -> [String] {
    let header = designs[design].header
    return (designs[design].exact ?? []).enumerated().flatMap { index, result in
      let policies = header.graph.policiesLeftOut(ofCapability: index)
      return result.approximations.filter { !policies.contains($0) }
        + header.sampledRestores(ofCapability: index)
    }
  }

  /// The failures whose losses are not drawn; those of the same designs in one sentence.
  private var undrawn: [String] {
    let failures = byDesign { comparison.designs[$0].lossesNotDrawn }
    var groups: [(designs: [Int], names: [String])] = []
    for failure in failures {
      let place = groups.firstIndex { $0.designs == failure.designs } ?? groups.endIndex
      if place == groups.endIndex { groups.append((failure.designs, [])) }
      groups[place].names.append(failure.text)
    }
    return groups.map { group in
      "Not drawn in \(marks(group.designs)): what \(group.names.joined(separator: ", ")) loses, since its repair waits for "
        + "crews, spares or who watches, or is not known."
    }
  }

  /// Each text once, with the designs of which it is true.
  func byDesign(_ texts: (Int) -> [String]) -> [(text: String, designs: [Int])] {
    var found: [(text: String, designs: [Int])] = []
    for design in designs.indices {
      for text in texts(design) {
        let place = found.firstIndex { $0.text == text } ?? found.endIndex
        if place == found.endIndex { found.append((text, [])) }
        if found[place].designs.last != design { found[place].designs.append(design) }
      }
    }
    return found
  }

  // MARK: Unknowns

  /// What could not be put into numbers in any design, and in which; what differs from the base is said.
  var unknownBlocks: [Document.Block] {
    var entries: [(entry: CompiledGraph.LeftOut, header: ResultHeader)] = []
    for design in designs {
      for entry in design.header.graph.leftOut
      where !entries.contains(where: { $0.entry.cause == entry.cause }) {
        entries.append((entry, design.header))
      }
    }
    guard !entries.isEmpty else { return [] }
    return [
      .heading("Unknown, and left out"),
      .facts(entries.map { $0.header.fact($0.entry, [whereUnknown($0.entry.cause)]) }),
    ]
  }

  private func whereUnknown(_ cause: String) -> String {
    func isUnknown(_ design: Int) -> Bool {
      designs[design].header.graph.leftOut.contains { $0.cause == cause }
    }
    func isKnown(_ design: Int) -> Bool { designs[design].header.graph.causes.contains(cause) }
    let unknown = designs.indices.filter(isUnknown)
    let known = designs.indices.filter { !isUnknown($0) && isKnown($0) }
    let absent = designs.indices.filter { !isUnknown($0) && !isKnown($0) }
    return
      (["in \(marks(unknown))"] + (known.isEmpty ? [] : ["known in \(marks(known))"])
      + (absent.isEmpty ? [] : ["no part of \(marks(absent))"])).joined(separator: "; ")
  }
}
