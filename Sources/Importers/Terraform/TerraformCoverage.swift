/// Which resources of a plan are priced, free, or not supported.
public struct TerraformCoverage: Sendable, Hashable {
  /// A resource, and what keeps it from being priced.
  public struct Open: Sendable, Hashable {
    /// The address.
    public let address: String
    /// Why, in words.
    public let reasons: [String]
  }

  /// Addresses of resources that have a price, as far as their use is stated; sorted.
  public let priced: [String]
  /// Addresses of resources that cost nothing by themselves, sorted.
  public let free: [String]
  /// Addresses of resources whose price is not known to relmodel, sorted.
  public let unsupported: [String]
  /// Resources that can not be priced since the plan leaves something open, sorted.
  public let open: [Open]

  init(_ parts: PlanParts) {
    var priced: [String] = []
    var open: [Open] = []
    var free = parts.free.map(\.address)
    var unsupported = parts.unsupported.map(\.address)
    for entry in parts.entries {
      let obstacles = entry.costs.flatMap { cost in cost.obstacles.map { "\(cost.part): \($0)" } }
      if !entry.costs.isEmpty, entry.costs.allSatisfy({ !$0.isSupported }) {
        unsupported.append(entry.resource.address)
      } else if !obstacles.isEmpty {
        open.append(Open(address: entry.resource.address.text, reasons: obstacles))
      } else if entry.costs.isEmpty, !entry.isPricedWithAnother {
        free.append(entry.resource.address)
      } else {
        priced.append(entry.resource.address.text)
      }
    }
    self.priced = priced
    self.free = free.sorted().map(\.text)
    self.unsupported = unsupported.sorted().map(\.text)
    self.open = open
  }

  /// How many resources there are.
  public var count: Int { priced.count + free.count + unsupported.count + open.count }

  /// One line of counts, and under it the names of each kind.
  public var text: String {
    let resources = count == 1 ? "1 resource" : "\(count) resources"
    var line = "\(resources): priced \(priced.count), free \(free.count), not supported \(unsupported.count)"
    if !open.isEmpty { line += ", not known \(open.count)" }
    return line + "\n" + Self.list("priced", priced) + Self.list("free", free)
      + Self.list("not supported", unsupported)
      + Self.list("not known", open.map { "\($0.address) (\($0.reasons.joined(separator: "; ")))" })
  }

  private static func list(_ title: String, _ names: [String]) -> String {
    names.isEmpty ? "" : "  \(title): \(FlowText.comment(names.joined(separator: ", ")))\n"
  }
}

extension PlanParts.Entry {
  /// Whether the cost of another resource holds what it costs, as that of a cluster holds its instances.
  var isPricedWithAnother: Bool { if case .other = part.owner { costs.isEmpty } else { false } }
}
