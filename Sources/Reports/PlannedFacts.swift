internal import Quantities
internal import Recovery
internal import ServiceGraph
internal import Stochastics

/// How planned work and disruption budgets are read.
struct PlannedFacts {
  private let graph: CompiledGraph
  private let only: String?

  /// - Parameter only: the component or domain asked for; `nil`: all.
  init(_ graph: CompiledGraph, only: String?) {
    self.graph = graph
    self.only = only
  }

  private var works: [CompiledPlannedWork.Work] {
    graph.planned.works.filter { only == nil || $0.name.hasPrefix("\(only ?? "")/planned/") }
  }

  private var budgets: [CompiledPlannedWork.Budget] {
    graph.planned.budgets.filter { only == nil || $0.component == only }
  }

  // MARK: Document

  var blocks: [Document.Block] {
    guard !works.isEmpty || !budgets.isEmpty else { return [] }
    var blocks: [Document.Block] = [.heading("What is planned")]
    if !works.isEmpty { blocks.append(.table(workTable)) }
    if !budgets.isEmpty { blocks.append(.facts(budgets.map(fact))) }
    return blocks
  }

  private var workTable: Document.Table {
    Document.Table(
      columns: ["Work", "every", "a wave takes", "waves", "units at most", "begins"],
      rows: works.map { work in
        [
          work.name, span(work.everyHours), span(work.takes.mean), grouped(work.waves.count),
          grouped(work.waves.map(\.units.count).max() ?? 0), windowText(work.window),
        ]
      })
  }

  private func fact(_ budget: CompiledPlannedWork.Budget) -> Document.Fact {
    let count = budget.units.count
    let text =
      budget.kept >= count
      ? "keeps \(budget.kept) of \(count): no work on them ever begins"
      : "keeps \(budget.kept) of \(count), so \(count - budget.kept) may be down when a wave begins"
    return Document.Fact("budget of \(budget.component)", text)
  }

  private func span(_ hours: Double) -> String { TimeSpan(hours: hours)?.description ?? "unbounded" }

  private func windowText(_ window: OnCallHours?) -> String {
    guard let window else { return "at any time" }
    let days = window.days.map { "\($0)".prefix(1).uppercased() + "\($0)".dropFirst().prefix(2) }.joined(
      separator: ", ")
    return
      "\(window.from.clockText) to \(window.to.clockText) on \(window.days.count == 7 ? "every day" : days)"
  }

  // MARK: JSON

  /// What a program is told; empty where nothing is planned.
  var members: [String: JSONValue] {
    var members: [String: JSONValue] = [:]
    if !works.isEmpty { members["plannedWork"] = .array(works.map(json)) }
    if !budgets.isEmpty {
      members["disruptionBudgets"] = .array(
        budgets.map {
          ["component": .string($0.component), "kept": .integer($0.kept), "units": .integer($0.units.count)]
        })
    }
    return members
  }

  private func json(_ work: CompiledPlannedWork.Work) -> JSONValue {
    [
      "work": .string(work.name), "everyHours": .number(work.everyHours),
      "takes": .string(work.takes.description), "meanHours": .number(work.takes.mean),
      "begins": .string(windowText(work.window)),
      "waves": .array(
        work.waves.map { wave in
          [
            "places": .array(wave.places.map { .string($0) }),
            "units": .array(wave.units.map { .string(graph.unitNames[$0]) }),
          ]
        }),
    ]
  }
}
