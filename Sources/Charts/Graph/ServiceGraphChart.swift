internal import Quantities

/// What needs what, from left to right in layers; single points of failure have a double border and say so.
public struct ServiceGraphChart: Sendable, Hashable {
  /// A service or a part.
  public struct Node: Sendable, Hashable {
    /// Its name; each only once.
    public let name: String
    /// Whether it is what users call the service, and not a part.
    public let isService: Bool
    /// Whether its failure alone takes a service down.
    public let isSinglePoint: Bool
    /// More about it, in a few words: `3 units, 2 needed`.
    public let remark: String

    /// A service or a part.
    public init(_ name: String, isService: Bool = false, isSinglePoint: Bool = false, remark: String = "") {
      self.name = name
      self.isService = isService
      self.isSinglePoint = isSinglePoint
      self.remark = remark
    }
  }

  /// How much something is needed.
  public enum Need: String, Sendable, Hashable, CaseIterable {
    /// Nothing works without it.
    case hard
    /// Some of the service is lost without it.
    case soft
    /// It is one of several, of which not all are needed.
    case choice
  }

  /// That one needs another.
  public struct Edge: Sendable, Hashable {
    /// The place of the one that needs.
    public let from: Int
    /// The place of what it needs.
    public let to: Int
    /// How much.
    public let need: Need

    /// That one needs another.
    public init(from: Int, to: Int, _ need: Need) {
      self.from = from
      self.to = to
      self.need = need
    }
  }

  /// More boxes than this are no picture any more.
  private static let limit = 120

  private let title: String
  private let nodes: [Node]
  private let edges: [Edge]

  /// A picture of what needs what; edges between places that do not exist are left out.
  public init(title: String, nodes: [Node], edges: [Edge]) {
    self.title = title
    self.nodes = nodes
    self.edges = edges.filter {
      nodes.indices.contains($0.from) && nodes.indices.contains($0.to) && $0.from != $0.to
    }
  }

  /// The picture; `nil` where there would be too many boxes in it to be read.
  public var chart: Chart? {
    let folded = FoldedGraph(nodes: nodes, edges: edges)
    guard !folded.boxes.isEmpty, folded.boxes.count <= ServiceGraphChart.limit else { return nil }
    return Chart(title: title, summary: summary, data: data, drawing: GraphDrawing(folded).drawing)
  }

  private var summary: String {
    let points = nodes.filter(\.isSinglePoint).map(\.name)
    let list = points.prefix(12).joined(separator: ", ") + (points.count > 12 ? ", …" : "")
    return "\(grouped(nodes.count)) services and parts, and \(grouped(edges.count)) needs between them. "
      + (points.isEmpty
        ? "None of them is a single point of failure."
        : "\(points.count == 1 ? "1 of them is a single point" : "\(grouped(points.count)) of them are single points") of failure: \(list).")
  }

  /// A row for each service or part: what it needs, and how.
  public var data: ChartData {
    ChartData(
      columns: ["what", "kind", "remark", "can not do without", "loses service without", "needs some of"],
      rows: nodes.enumerated().map { place, node in
        func names(_ need: Need) -> ChartData.Cell {
          let own = edges.filter { $0.from == place && $0.need == need }
          return ChartData.Cell(own.map { nodes[$0.to].name }.joined(separator: ", "))
        }
        let kind = node.isService ? "service" : node.isSinglePoint ? "single point of failure" : "part"
        return [
          ChartData.Cell(node.name), ChartData.Cell(kind), ChartData.Cell(node.remark), names(.hard),
          names(.soft),
          names(.choice),
        ]
      })
  }
}
