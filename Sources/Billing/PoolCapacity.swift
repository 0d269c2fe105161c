public import CloudCost
public import FoundationEssentials
internal import Quantities
public import ServiceModel

/// What the nodes of a pool have, what is asked of them, and what is paid for it.
///
/// Facts about instance types come from the price book; requests are those of the units that run there.
public struct PoolCapacity: Sendable, Hashable {
  /// The pool or node.
  public let name: String
  /// The instance types that its costs buy, each once.
  public let types: [String]
  /// Nodes that run.
  public let nodes: Decimal
  /// Virtual processors of all of them.
  public let vcpu: Decimal
  /// Memory of all of them, in GiB.
  public let memoryGiB: Decimal
  /// Processors that units on the pool ask for; `nil`: none states any.
  public let askedCPU: Double?
  /// A month of its machines.
  public let monthly: Decimal
  /// What the model says that units may have, when that is more than the machines have.
  public let excess: String?

  /// The share of the processors that is asked for.
  public var use: Double? {
    guard let askedCPU, vcpu > 0, let all = Double("\(vcpu)") else { return nil }
    return askedCPU / all
  }

  /// Every pool and node of a model whose costs buy machines per node.
  public static func all(of model: Model, bill: Bill, at book: PriceBook) -> [PoolCapacity] {
    model.domains.indices.compactMap { domain in
      let entries = model.costs.entries.filter { $0.owner == .domain(domain) && $0.scope == .node }
      let lines = entries.flatMap { entry in
        bill.lines.filter { $0.resource == entry.path && $0.key?.service == "ec2" && $0.isCommittable }
      }
      return pool(domain, of: model, lines: lines, conventions: bill.conventions, at: book)
    }
  }

  private static func pool(
    _ domain: Int, of model: Model, lines: [LineItem], conventions: CostConventions, at book: PriceBook
  ) -> PoolCapacity? {
    var (types, nodes, vcpu, memory) = ([String](), Decimal(0), Decimal(0), Decimal(0))
    var largest: InstanceFacts?
    for line in lines {
      guard let type = line.key?.item.split(separator: "/").dropFirst().first.map(String.init),
        let facts = book.facts(of: type, service: "ec2", in: line.region), let hours = line.quantity
      else { continue }
      let count = hours / conventions.hoursPerMonth
      if !types.contains(type) { types.append(type) }
      (nodes, vcpu, memory) = (nodes + count, vcpu + count * facts.vcpu, memory + count * facts.memoryGiB)
      largest = facts
    }
    guard let largest else { return nil }
    let asked = askedCPU(on: domain, in: model)
    return PoolCapacity(
      name: model.domains[domain].name, types: types, nodes: nodes, vcpu: vcpu, memoryGiB: memory,
      askedCPU: asked, monthly: lines.compactMap(\.monthly).reduce(0, +),
      excess: excess(model.domains[domain].allocatable, over: largest))
  }

  /// What the units on a pool's nodes ask for together; `nil` when none of them says.
  private static func askedCPU(on pool: Int, in model: Model) -> Double? {
    let nodes = Set(model.domains.nodes(of: pool))
    let asked = model.components.compactMap { component -> Double? in
      let units = component.units.count { unit in unit.domain.map { nodes.contains($0) } ?? false }
      guard units > 0, let requests = component.requests else { return nil }
      return requests.cpu * Double(units)
    }
    return asked.isEmpty ? nil : asked.reduce(0, +)
  }

  private static func excess(_ allocatable: ComputeResources?, over facts: InstanceFacts) -> String? {
    guard let allocatable, let all = Double("\(facts.vcpu)"), allocatable.cpu > all else {
      return nil
    }
    return "allocatable: \(shortest(allocatable.cpu)) CPU of machines that have \(facts.vcpu)"
  }
}
