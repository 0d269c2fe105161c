import ArgumentParser
import Diagnostics
import Planning
import Quantities
import Reliability
import Reports
import ServiceModel

/// What a plan is to reach, and within which limits.
struct PlanAims: ParsableArguments {
  @Option(help: "The most that a month may cost, such as $3,500; with --table, of the column cost.")
  var budget: String?

  @Option(help: "The most that may be paid once.")
  var budgetOnce: String?

  @Option(help: "The availability to reach, such as 99.95 %; in place of what the model promises.")
  var atLeast: String?

  @Option(
    name: .customLong("capability"),
    help: ArgumentHelp(
      "Which capabilities count; those with a promised availability, else all. May be given several times.",
      valueName: "name"))
  var capabilities: [String] = []

  @Option(
    help: "Over how long what is paid once is spread when plans are compared, such as 3 y.")
  var over = "3 y"

  @Option(
    help: ArgumentHelp(
      "How likely each promise of recovery time and data loss has to be kept when it is put to the test; 0 %: it is not asked for.",
      valueName: "share"))
  var recovery = "100 %"

  @Flag(help: "Count what is served and not only what is up: a degraded service with its fraction.")
  var served = false

  @Flag(
    help:
      "The least of the bill, what is paid once, and all that downtime costs; credits and penalties are simulated."
  )
  var leastTotal = false

  @Flag(help: "The promises with the fewest levers pulled.")
  var leastChange = false

  @Flag(help: "List every design that no other beats in cost and downtime.")
  var frontier = false

  /// What is wrong with the words.
  func check() throws {
    if leastTotal, leastChange {
      throw ValidationError("--least-total and --least-change exclude each other")
    }
    if leastTotal, served {
      throw ValidationError("--least-total and --served exclude each other: prices are of being down")
    }
    _ = try target()
    _ = try recoversAtLeast()
    _ = try months(hoursPerMonth: 730)
  }

  /// The unavailability of `--at-least`.
  func target() throws -> Double? {
    guard let atLeast else { return nil }
    guard let value = try? Availability(parsing: atLeast), value.unavailability < 1 else {
      throw ValidationError("--at-least: expected an availability such as 99.95 %, found “\(atLeast)”")
    }
    return value.unavailability
  }

  /// The probability of `--recovery`.
  private func recoversAtLeast() throws -> Double {
    guard let value = try? Probability(parsing: recovery) else {
      throw ValidationError("--recovery: expected a share such as 95 %, found “\(recovery)”")
    }
    return value.value
  }

  /// What the engines are asked about each design.
  struct Asked {
    /// The capabilities that count, as indices of the model's.
    let capabilities: [Int]
    /// What is asked beside unavailability.
    let questions: SharedOutages.Questions
    /// How likely each promise of recovery has to be kept; 0: none is asked for.
    let recoversAtLeast: Double

    /// Whether what is served counts.
    var isServed: Bool { questions.contains(.unserved) }
  }

  /// What they ask about the designs of a model.
  func asked(of designs: PlannedDesigns) throws -> Asked {
    let counted = try counted(designs.model)
    var questions: SharedOutages.Questions = served ? [.unserved] : []
    if !served, counted.contains(where: { designs.model.capabilities[$0].pricesOutages }) {
      questions.insert(.frequencies)
    }
    return Asked(
      capabilities: counted, questions: questions,
      recoversAtLeast: designs.promises.isEmpty ? 0 : try recoversAtLeast())
  }

  private func months(hoursPerMonth: Double) throws -> Double {
    guard let span = try? TimeSpan(parsing: over), span.hours > 0 else {
      throw ValidationError("--over: expected a time such as 3 y, found “\(over)”")
    }
    return span.hours / hoursPerMonth
  }

  /// The capabilities that count, as indices of the model's.
  func counted(_ model: Model) throws -> [Int] {
    let names = model.capabilities.map(\.name)
    let unknown = capabilities.filter { !names.contains($0) }
    guard unknown.isEmpty else {
      throw Findings(
        unknown.map { name in
          Diagnostic(
            slug: "unknown-name", "\(model.name) has no capability \(name)", at: nil,
            help: nearestName(to: name, among: names).map { "--capability \($0)" })
        })
    }
    if !capabilities.isEmpty { return names.indices.filter { capabilities.contains(names[$0]) } }
    let promised = names.indices.filter { !model.capabilities[$0].objectives.isEmpty }
    return promised.isEmpty ? Array(names.indices) : promised
  }

  /// The question they make of a model.
  func question(for designs: PlannedDesigns, _ what: Asked) throws -> DesignQuestion {
    let model = designs.model
    let counted = what.capabilities
    var question = DesignQuestion(
      capabilities: counted.count, months: try months(hoursPerMonth: model.conventions.hoursPerMonth))
    let asked = try target()
    question.targets = counted.map { place in
      asked ?? model.capabilities[place].objectives.map(\.availability.unavailability).min() ?? 1
    }
    question.monthOfDowntime = counted.map { place in
      served ? 0 : model.capabilities[place].plannedDowntimePerHour * model.conventions.hoursPerMonth
    }
    question.limits = model.limits.map(\.atMost)
    question.leastRecovery = what.recoversAtLeast
    question.pricesOutages = what.questions.contains(.frequencies)
    question.pricesPeriods = !served && counted.contains { model.capabilities[$0].hasDues }
    question.budget = try budget.map { try amount($0, "--budget", designs.currency) }
    question.onceBudget = try budgetOnce.map { try amount($0, "--budget-once", designs.currency) }
    if leastTotal, !question.pricesDowntime {
      throw Findings([
        Diagnostic(
          slug: "no-downtime-price", "--least-total: no capability that counts states what downtime costs",
          at: nil, help: "downtime: {costs: \"$1,000/h\"}")
      ])
    }
    return question
  }

  private func amount(_ text: String, _ option: String, _ currency: String) throws -> Double {
    guard let money = try? Money(parsing: text) else {
      throw ValidationError("\(option): expected money such as $3,500, found “\(text)”")
    }
    guard money.currency == currency else {
      throw Findings([
        Diagnostic(
          slug: "mixed-currencies", "\(option) \(money) is compared with a bill in \(currency)", at: nil,
          help: "state it in \(currency)")
      ])
    }
    return money.double
  }

  /// What the plan is meant to be.
  func aim(for question: DesignQuestion) -> DesignPlanReport.Aim {
    if leastTotal { return .leastTotal }
    if leastChange { return .leastChange }
    if budget != nil || budgetOnce != nil, atLeast == nil { return .mostAvailable }
    if question.hasTargets { return .cheapest }
    return question.pricesDowntime ? .leastTotal : .mostAvailable
  }
}

extension Capability {
  /// What an hour without it costs on average, with the work that is lost meanwhile: all that grows with downtime alone.
  var plannedDowntimePerHour: Double {
    let work = downtimeTerms?.productivity.map { $0.perHour * ($0.when?.share ?? 1) } ?? 0
    return (meanDowntimePerHour ?? 0) + work
  }
}
