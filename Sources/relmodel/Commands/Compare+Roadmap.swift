import Billing
import Diagnostics
import FoundationEssentials
import ModelFormat
import Planning
import Quantities
import Reliability
import Reports
import ServiceGraph
import ServiceModel
import Simulation

extension Compare {
  /// Compares a base with what it is after each step of a plan, and orders the steps.
  func printRoadmap() throws {
    let base = try ModelOptions.reading(at: models[0], assignments: [])
    let files = try models.dropFirst().map {
      (path: $0, reading: try ModelOptions.reading(at: $0, assignments: []))
    }
    let plan = try WhatIfSteps(base: base, files: files)
    let readings = try (0...plan.steps.count).map { count in
      try plan.reading(of: Set(0..<count), assignments: assignments)
    }
    let designs = try readings.map { try design($0.model.name, $0) }
    let capability = try roadmapCapability(of: designs)
    try compare(designs) { report in
      [try RoadmapMaker(self, plan, capability: capability).section(designs: designs, report: report)]
    }
  }

  /// The capability whose downtime counts: the one that was named, else the first.
  private func roadmapCapability(of designs: [ComparedDesign]) throws -> String {
    let names = designs[0].model.capabilities.map(\.name)
    guard capabilities.count < 2 else {
      throw Findings([
        Diagnostic(
          slug: "several-capabilities", "the steps of a plan are ordered by the downtime of one capability",
          at: nil,
          help: "--capability \(capabilities[0])")
      ])
    }
    return capabilities.first ?? names[0]
  }
}

/// Finds the best order of steps.
private struct RoadmapMaker {
  private let command: Compare
  private let plan: WhatIfSteps
  private let capability: String
  private let quiet: OutputOptions
  private let changes: [PlannedChange]

  init(_ command: Compare, _ plan: WhatIfSteps, capability: String) {
    self.command = command
    self.plan = plan
    self.capability = capability
    // What the history warns of has been said for the steps one after the other.
    var quiet = command.output
    quiet.quiet = true
    self.quiet = quiet
    changes = plan.steps.map { PlannedChange($0.changes) }
  }

  /// The one currency in which every step says what it costs once; `nil`: costs do not count.
  private var currency: String? {
    let stated = changes.compactMap(\.once)
    guard let first = stated.first, stated.count == changes.count else { return nil }
    return stated.allSatisfy { $0.currency == first.currency && $0.amount >= 0 } ? first.currency : nil
  }

  private var months: Double { 12 * command.simulation.years }

  func section(designs: [ComparedDesign], report: ComparisonReport) throws -> RoadmapSection {
    let steps = zip(plan.steps, changes).map { step, change in
      RoadmapSection.Step(name: step.name, takes: change.takes, once: change.once, needs: step.needs)
    }
    let last = report.designs.last?.exact?.first { $0.capability == capability }
    return RoadmapSection(
      steps: steps, order: try order(designs), report: report, capability: capability, currency: currency,
      months: months, approximations: last?.approximations ?? [])
  }

  private func order(_ designs: [ComparedDesign]) throws -> RoadmapSection.Order {
    if let played = designs.compactMap(onlySimulated).first {
      return .unknown("\(played) only simulated, and the exact engine looks at every set of steps")
    }
    var bills = BillMaker(command.prices)
    do {
      let found = try StepOrder.best(needs: plan.steps.map(\.needs)) {
        (steps: Set<Int>) throws -> StepOrder.Standing? in
        try standing(steps, &bills)
      }
      return found.map { .found($0) } ?? .unknown("no order of the steps makes a model of every part of it")
    } catch let findings as Findings {
      return .unknown(findings.diagnostics.first?.message ?? "there is no exact answer")
    }
  }

  private func onlySimulated(_ design: ComparedDesign) -> String? {
    design.graph.capabilities.firstIndex { $0.name == capability }.flatMap {
      design.graph.onlySimulated(capability: $0)
    }
  }

  /// What is known once some steps are made; `nil` where they alone are no model.
  private func standing(_ steps: Set<Int>, _ bills: inout BillMaker) throws -> StepOrder.Standing? {
    if Interruption.happened {
      throw Findings([Diagnostic(slug: "interrupted", "it was interrupted", at: nil)])
    }
    guard let reading = try? plan.reading(of: steps, assignments: command.assignments),
      reading.model.capabilities.contains(where: { $0.name == capability })
    else { return nil }
    let design = try ComparedDesign("", reading, command.history, quiet)
    let exact = try design.prepared.exactResults().first { $0.capability == capability }
    guard let exact else { return nil }
    return StepOrder.Standing(
      downtimeHours: exact.unavailability * design.model.conventions.hoursPerYear,
      cost: try currency.map { try cost(of: steps, reading.model, $0, &bills) })
  }

  /// What the steps cost together: once, and what running them costs for so many months.
  private func cost(
    of steps: Set<Int>, _ model: Model, _ currency: String, _ bills: inout BillMaker
  ) throws -> Double {
    let once = steps.sorted().compactMap { changes[$0].once?.double }.reduce(0, +)
    guard let bill = try bills.bill(of: model).monthly.bill, bill.currency == currency else { return once }
    return once + months * Money(bill.monthly, currency: currency).double
  }
}
