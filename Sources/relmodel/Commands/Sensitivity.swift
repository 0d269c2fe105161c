import ArgumentParser
import Diagnostics
import Importers
import Quantities
import Reliability
import Reports
import ServiceGraph
import ServiceModel
import Stochastics

/// `relmodel sensitivity`.
struct Sensitivity: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Which numbers matter, and how sure the result is.",
    discussion: """
      Varies every number of a model one at a time (tornado), says by how many per cent the downtime follows one \
      per cent of it (elasticity), and carries what is uncertain through to percentiles of the result. What is \
      uncertain: rates and durations bound to few incidents, and with --error-factor every number. Fault trees \
      vary by the deviates in their files.
      """)

  @OptionGroup var modelOptions: ModelOptions

  @Argument(help: "More files of the same fault tree.")
  var more: [String] = []

  @OptionGroup var history: HistoryOptions
  @OptionGroup var output: OutputOptions

  @Option(help: "The tornado runs from each number divided by this to times this.")
  var span = 2.0

  @Option(
    help: ArgumentHelp(
      "Take every number as lognormal around its value: 90 % lie within a factor of this.",
      valueName: "factor"))
  var errorFactor: Double?

  @Option(
    name: .customLong("samples"),
    help: ArgumentHelp(
      "Samples of what is uncertain; 0 for none. Without it 4,000, and 1,000 for --sobol, which needs as many "
        + "evaluations for each number.", valueName: "samples"))
  var givenSamples: Int?

  @Flag(help: "Also the shares of the variance: Sobol indices of first and total order.")
  var sobol = false

  @Option(help: "The seed of the samples.")
  var seed: UInt64 = 42

  @Option(help: "Rows shown in each table.")
  var rows = 12

  @Option(help: ArgumentHelp("The mission time of a fault tree.", valueName: "time"))
  var at: Double?

  private var samples: Int { givenSamples ?? 4_000 }
  private var sobolSamples: Int { givenSamples ?? 1_000 }

  func validate() throws {
    guard span > 1, span.isFinite else { throw ValidationError("--span: a factor above 1") }
    if let errorFactor, !(errorFactor > 1 && errorFactor <= 1000) {
      throw ValidationError("--error-factor: above 1, at most 1,000")
    }
    guard samples == 0 || (2...10_000_000).contains(samples) else {
      throw ValidationError("--samples: 0, or 2 to 10,000,000")
    }
    guard rows >= 1 else { throw ValidationError("--rows: at least 1") }
    if let at, !(at >= 0 && at <= 1e15) { throw ValidationError("--at: a time from 0 to 1e15") }
    if sobol, samples == 0 { throw ValidationError("--sobol: needs --samples") }
  }

  func run() throws {
    if let first = modelOptions.model, FaultTreeReader().format(at: first) != nil {
      return try runTree([first] + more)
    }
    if let second = more.first {
      throw ValidationError("\(second): a model is one file; overlays name their base")
    }
    if at != nil { throw ValidationError("--at is for fault trees") }
    try runModel()
  }

  // MARK: Models

  private func runModel() throws {
    let prepared = try Preparation(modelOptions, history, output)
    let response = try prepared.explainingSize { () throws(SteadyState.TooLarge) in
      try ServiceResponse(prepared.graph)
    }
    let (factors, unused) = factors(prepared, response)
    let tornadoes = response.tornadoes(factors: factors, span: span)
    let elasticities = response.elasticities(response.statedValues)
    let isSampled = samples > 0 && !factors.isEmpty
    let distributions = isSampled ? try? response.uncertainty(factors, samples: samples, seed: seed) : nil
    let indices =
      isSampled && sobol ? try? response.sobolIndices(factors, samples: sobolSamples, seed: seed) : nil
    var parameters: [String: ModelParameter] = [:]
    for parameter in response.parameters { parameters[parameter.name] = parameter }
    let report = SensitivityReport(
      title: prepared.graph.model.name,
      subjects: response.capabilities.indices.map { index in
        SensitivityReport.Subject(
          name: response.capabilities[index], tornado: tornadoes[index], elasticities: elasticities[index],
          distribution: distributions?[index], sobol: indices?[index])
      },
      scale: .downtime(hoursPerYear: prepared.header.conventions.hoursPerYear, parameters: parameters),
      rows: rows,
      notes: notes(factors) + samplingNotes(response, factors) + unusedNote(unused)
        + SensitivityReport.unfelt(by: prepared.graph), seed: seed)
    try output.print(report.document, json: report.json)
  }

  /// What is believed of the numbers: by the model, by the history, and by the error factor where both are silent.
  private func factors(
    _ prepared: Preparation, _ response: ServiceResponse
  ) -> (known: [UncertainFactor], unused: [String]) {
    let numbers = prepared.uncertainNumbers
    var known = numbers.factors
    guard let errorFactor else { return (known, numbers.held) }
    let covered = Set(known.flatMap { $0.multiplied + $0.divided })
    for parameter in response.parameters where !covered.contains(parameter.name) {
      guard let law = try? Lognormal(median: 1, errorFactor: errorFactor) else { continue }
      known.append(
        UncertainFactor(
          name: parameter.name, law: law, multiplied: [parameter.name],
          basis: "lognormal with error factor \(shortest(errorFactor))"))
    }
    return (known, numbers.held)
  }

  private func notes(_ factors: [UncertainFactor]) -> [String] {
    let varied =
      factors.isEmpty
      ? "Each number varies from its value ÷ \(shortest(span)) to × \(shortest(span))."
      : "What is uncertain varies from its 5th to its 95th percentile, all else from its value ÷ "
        + "\(shortest(span)) to × \(shortest(span))."
    let basis = bases(of: factors)
    return [
      varied + " Of an availability, and of the chance that a move works, what is missing from 100 % varies."
    ] + basis
  }

  /// Where laws come from; those that say the same stand together.
  private func bases(of factors: [UncertainFactor]) -> [String] {
    var names: [String: [String]] = [:]
    var order: [String] = []
    for factor in factors {
      if names[factor.basis] == nil { order.append(factor.basis) }
      names[factor.basis, default: []].append(factor.name)
    }
    return order.prefix(6).map { basis in
      let all = names[basis] ?? []
      return (all.count > 3 ? "\(all.count) numbers" : all.joined(separator: ", ")) + ": \(basis)."
    } + (order.count > 6 ? ["… and \(order.count - 6) more."] : [])
  }

  private func unusedNote(_ paths: [String]) -> [String] {
    guard !paths.isEmpty else { return [] }
    return ["Stated as uncertain, and held at its value: \(paths.joined(separator: ", "))."]
  }

  private func samplingNotes(_ response: ServiceResponse, _ factors: [UncertainFactor]) -> [String] {
    guard samples > 0, !factors.isEmpty else { return [] }
    let note = try? response.samplingNote(factors, samples: samples, seed: seed)
    return [note ?? nil].compactMap { $0 }
  }

  // MARK: Fault trees

  private func runTree(_ paths: [String]) throws {
    let given: [(String, Bool)] = [
      ("--set", !modelOptions.assignments.isEmpty), ("--db", history.database != nil),
      ("--window", history.window != nil), ("--bind", history.bind), ("--error-factor", errorFactor != nil),
    ]
    for (option, isGiven) in given where isGiven { throw ValidationError("\(option) is for models") }
    let reading = try FaultTreeReader().reading(at: paths, missionTime: at)
    reading.writeWarnings(output)
    guard !reading.tree.isDynamic else {
      throw Findings([
        Diagnostic(
          slug: "dynamic-tree", "the order of failures matters in this tree; only static trees are varied",
          at: nil, help: "relmodel solve \(paths[0])")
      ])
    }
    let response: FaultTreeResponse
    do throws(SteadyState.TooLarge) {
      response = try FaultTreeResponse(
        reading.tree, time: at ?? reading.tree.missionTime ?? reading.format.missionTime)
    } catch {
      throw Findings([
        Diagnostic(slug: "too-large", "the decision diagram outgrew \(error.nodeLimit) nodes", at: nil)
      ])
    }
    let isUncertain = !response.inputs.isEmpty
    let tornadoes = isUncertain ? response.percentileTornadoes() : response.eventTornadoes(span: span)
    guard tornadoes.count == response.tops.count else {
      throw Findings([Diagnostic(slug: "no-probability", "some event has no probability", at: nil)])
    }
    let distributions = isUncertain && samples > 0 ? response.uncertainty(samples: samples, seed: seed) : nil
    let indices = isUncertain && sobol ? response.sobolIndices(samples: sobolSamples, seed: seed) : nil
    let report = SensitivityReport(
      title: reading.tree.name,
      subjects: response.tops.indices.map { index in
        SensitivityReport.Subject(
          name: response.tops[index], tornado: tornadoes[index], distribution: distributions?[index],
          sobol: indices?[index])
      },
      scale: .probability, rows: rows,
      notes: [
        isUncertain
          ? "Each uncertain number varies from its 5th to its 95th percentile, told as 0.05 and 0.95, while the "
            + "others are at their medians."
          : "Each event's probability varies from its value ÷ \(shortest(span)) to × \(shortest(span))."
      ] + (distributions == nil ? [] : cutNote(response.cutSamples(samples, seed: seed))), seed: seed)
    try output.print(report.document, json: report.json)
  }

  private func cutNote(_ cut: FaultTreeResponse.CutSamples) -> [String] {
    guard cut.count > 0 else { return [] }
    let names = cut.events.prefix(3).joined(separator: ", ")
    let more = cut.events.count > 3 ? " and \(cut.events.count - 3) more" : ""
    return [
      "In \(grouped(cut.count)) of \(grouped(samples)) samples the probability of \(names)\(more) came out outside "
        + "0 to 1 and was cut to it: its deviate is wider than a probability can be."
    ]
  }
}
