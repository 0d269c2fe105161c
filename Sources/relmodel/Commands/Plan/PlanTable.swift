import ArgumentParser
import Diagnostics
import Planning
import Quantities
import Reports

/// The options for tables of components.
struct PlanTableOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Allocate redundancy among the components of this CSV file.", valueName: "file"))
  var table: String?

  @Option(
    help: ArgumentHelp(
      "The most of a resource, weight=191; may be given several times.", valueName: "resource=amount"))
  var limit: [String] = []

  @Option(
    help: ArgumentHelp("Least of this resource, in place of the best reliability.", valueName: "resource"))
  var least: String?

  @Option(
    help: ArgumentHelp(
      "Subsystems that suffice together, edge,api; several times for a network. Without any, all are needed.",
      valueName: "subsystems"))
  var path: [String] = []

  @Option(help: "The most components of a subsystem, where the table says nothing.")
  var most: Int?

  @Flag(inversion: .prefixedNo, help: "Types of component may stand side by side in a subsystem.")
  var mixing = true

  /// What of the options does not go together.
  func check(_ aims: PlanAims, model: String?) throws {
    guard table != nil else {
      let given = [
        ("--limit", !limit.isEmpty), ("--least", least != nil), ("--path", !path.isEmpty),
        ("--most", most != nil),
        ("--no-mixing", !mixing),
      ]
      for (option, isGiven) in given where isGiven { throw ValidationError("\(option) is for --table") }
      return
    }
    if model != nil { throw ValidationError("a model and --table exclude each other") }
    if let most, !(1...1_000).contains(most) { throw ValidationError("--most: 1 to 1,000") }
    let given = [
      ("--budget-once", aims.budgetOnce != nil), ("--capability", !aims.capabilities.isEmpty),
      ("--least-total", aims.leastTotal), ("--least-change", aims.leastChange),
      ("--over", aims.over != "3 y"), ("--recovery", aims.recovery != "100 %"), ("--served", aims.served),
    ]
    for (option, isGiven) in given where isGiven { throw ValidationError("\(option) is for models") }
  }
}

/// A table of components and what is asked of it, answered.
struct TablePlan {
  let report: TablePlanReport
  var isFound: Bool { report.isFound }

  init(path: String, _ options: PlanTableOptions, _ aims: PlanAims) throws {
    let table = try ComponentTable(path: path)
    let words = TableWords(table)
    let target = try aims.target() ?? 1
    let least = try options.least.map { try words.resource($0, "--least") }
    var limits = try words.limits(options.limit)
    if let budget = aims.budget {
      limits[try words.resource("cost", "--budget")] = try words.amount(budget, "--budget")
    }
    let subsystems = table.subsystems.map { subsystem in
      let fewest = subsystem.least ?? subsystem.required
      let most = subsystem.most ?? options.most ?? RedundancyPlanner.unbounded
      return Redundancy(
        name: subsystem.name, types: subsystem.types, required: subsystem.required,
        counts: fewest...max(fewest, most), mixes: options.mixing)
    }
    do {
      let planner = try RedundancyPlanner(
        subsystems: subsystems, resources: table.resources, limits: limits,
        paths: options.path.isEmpty ? nil : try options.path.map(words.path))
      report = TablePlanReport(
        planner,
        TablePlanReport.Question(
          name: path, objective: try words.objective(least, target), target: target,
          frontier: aims.frontier ? least ?? words.money : nil))
    } catch let error as InvalidQuestion {
      throw error.asFindings
    }
  }
}

/// Words of the command line that name what is in a table.
private struct TableWords {
  let table: ComponentTable

  init(_ table: ComponentTable) { self.table = table }

  /// The column `cost`, else the first resource.
  var money: Int { table.resources.firstIndex(of: "cost") ?? 0 }

  /// With a reliability to reach and no resource named, the cost is to be least.
  func objective(_ least: Int?, _ target: Double) throws -> RedundancyPlanner.Objective {
    if let least { return .use(least) }
    return target < 1 ? .use(money) : .unavailability
  }

  func resource(_ name: String, _ option: String) throws -> Int {
    guard let found = table.resources.firstIndex(of: name) else {
      throw Findings([
        Diagnostic(
          slug: "unknown-name",
          "\(option): the table has no resource \(name); it has \(table.resources.joined(separator: ", "))",
          at: nil,
          help: nearestName(to: name, among: table.resources).map { "did you mean \($0)?" })
      ])
    }
    return found
  }

  func limits(_ texts: [String]) throws -> [Double] {
    var limits = [Double](repeating: .infinity, count: table.resources.count)
    for text in texts {
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { throw ValidationError("--limit: expected weight=191, found “\(text)”") }
      limits[try resource(parts[0], "--limit")] = try amount(parts[1], "--limit")
    }
    return limits
  }

  func amount(_ text: String, _ option: String) throws -> Double {
    let digits = text.hasPrefix("$") ? text.dropFirst() : text[...]
    guard let number = NumberText(prefixOf: digits), number.rest.isEmpty, number.double.isFinite,
      number.double >= 0
    else { throw ValidationError("\(option): expected a number of 0 or more, found “\(text)”") }
    return number.double
  }

  func path(_ text: String) throws -> [Int] {
    let names = table.subsystems.map(\.name)
    return try text.split(separator: ",").map { part in
      let name = part.trimmingBlanks
      guard let place = names.firstIndex(of: name) else {
        throw Findings([
          Diagnostic(
            slug: "unknown-name", "--path: the table has no subsystem \(name)", at: nil,
            help: nearestName(to: name, among: names).map { "did you mean \($0)?" })
        ])
      }
      return place
    }
  }
}

extension Substring {
  fileprivate var trimmingBlanks: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
