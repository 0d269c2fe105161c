internal import Charts
internal import Quantities
internal import Reliability
internal import ServiceModel

/// What needs what.
struct GraphSection: ReportSection {
  let key = "graph"
  private let report: ArchitectureReport

  init(_ report: ArchitectureReport) { self.report = report }

  var blocks: [Document.Block] {
    let picture = picture
    guard let chart = picture.chart else {
      return [
        .part("What needs what"), .note("Too many parts for a picture; this is the table behind it."),
        .table(Document.Table(picture.data, caption: "What needs what")),
      ]
    }
    return [.part("What needs what"), .chart(chart)]
  }

  var json: JSONValue {
    let data = picture.data
    return [
      "columns": .array(data.columns.map { .string($0) }),
      "rows": .array(data.rows.map { .array($0.map { .string($0.text) }) }),
    ]
  }

  private var model: Model { report.model }

  private var picture: ServiceGraphChart {
    ServiceGraphChart(
      title: "What needs what", nodes: services + parts,
      edges: model.capabilities.enumerated().flatMap { edges(from: $0, $1.dependencies) }
        + model.components.enumerated().flatMap { edges(from: services.count + $0, $1.dependencies) })
  }

  private var services: [ServiceGraphChart.Node] {
    model.capabilities.map { ServiceGraphChart.Node($0.name, isService: true) }
  }

  private var parts: [ServiceGraphChart.Node] {
    let points = Set(
      report.results.flatMap(\.singlePoints).map { point in
        point.entity.split(separator: "/").first.map(String.init) ?? point.entity
      })
    return model.components.map { component in
      ServiceGraphChart.Node(
        component.name, isSinglePoint: points.contains(component.name), remark: units(component))
    }
  }

  private func units(_ component: Component) -> String {
    if component.units.count == 1 { return "" }
    return component.roles.map { role in
      let name = role.name.map { "\($0) " } ?? ""
      return role.required == role.units.count
        ? "\(name)\(role.units.count)" : "\(name)\(role.required) of \(role.units.count)"
    }.joined(separator: ", ")
  }

  /// One edge for each pair, the strongest need of several.
  private func edges(from: Int, _ dependencies: [Dependency<Target>]) -> [ServiceGraphChart.Edge] {
    var order: [Int] = []
    var needs: [Int: ServiceGraphChart.Need] = [:]
    for dependency in dependencies {
      for target in dependency.requirement.references {
        let to = services.count + target.component
        let need = need(dependency)
        if needs[to] == nil { order.append(to) }
        needs[to] = [needs[to], need].compactMap { $0 }.min { $0.rank < $1.rank }
      }
    }
    return order.compactMap { to in needs[to].map { ServiceGraphChart.Edge(from: from, to: to, $0) } }
  }

  private func need(_ dependency: Dependency<Target>) -> ServiceGraphChart.Need {
    if case .soft = dependency.strength { return .soft }
    return dependency.requirement.isAll ? .hard : .choice
  }
}

extension ServiceGraphChart.Need {
  fileprivate var rank: Int {
    switch self {
    case .hard: 0
    case .choice: 1
    case .soft: 2
    }
  }
}

extension Requirement {
  /// Whether everything in it is needed.
  fileprivate var isAll: Bool {
    switch self {
    case .one: true
    case .atLeast(let count, let members): count == members.count && members.allSatisfy(\.isAll)
    }
  }
}
