internal import CloudCost

/// The text of the skeleton: what the plan knows as keys, what it does not know as comments.
extension SkeletonModel {
  /// The text of a model of that name.
  func text(name: String) -> String {
    var lines = [
      "relmodel: 1", "name: \(UniqueNames.valid(name))", "",
      "# From a Terraform plan. What fails how often, what needs what, and how much is used are not in a plan:",
      "# look for “an assumption” and “unknown”.",
    ]
    if let region = regions.first { lines.append("prices: {region: \(region)}") }
    lines += costLines(costs, indent: 0, scope: "unit")
    lines += domainLines + componentLines + capabilityLines
    return lines.joined(separator: "\n") + "\n"
  }

  static let assumption = "source: an assumption; replace it"

  // MARK: Places

  private var domainLines: [String] {
    let lines = regions.map { "  \($0): {kind: region}" } + zoneLines + pools.flatMap(poolLines)
    // A key without anything behind it is refused.
    if lines.allSatisfy({ $0.drop { $0 == " " }.hasPrefix("#") }) { return lines.isEmpty ? [] : [""] + lines }
    return ["", "# Places that fail as a whole; what is in them goes with them.", "domains:"] + lines
  }

  private var zoneLines: [String] {
    zones.enumerated().map { index, zone in
      let fails =
        index == 0 ? "fails: {outage: {mtbf: 6 y, lasts: 2 h, \(Self.assumption)}}" : "like: \(zones[0])"
      let region = AWSRegion(of: zone).map { ", in: \($0.code)" } ?? ""
      return "  \(zone): {kind: zone\(region), \(fails)}"
    }
  }

  private func poolLines(_ pool: SkeletonPart) -> [String] {
    guard let count = pool.units.count, count > 0 else {
      let many = pool.units.count == nil ? "unknown: how many nodes" : "no nodes, as desired_size is 0"
      return ["  # \(FlowText.comment(pool.title)): \(many)"]
        + notes(pool, indent: 2) + commented(costLines(pool.costs, indent: 2, scope: "node"))
    }
    var lines = ["  \(pool.name):", "    # \(FlowText.comment(pool.title))"] + notes(pool, indent: 4)
    lines.append("    kind: pool")
    let spreads = pool.zones.isEmpty || pool.zones == zones
    if let place = pool.zones.count == 1 ? pool.zones.first : pool.region { lines.append("    in: \(place)") }
    if !spreads, pool.zones.count > 1 {
      lines.append("    # its nodes are in \(pool.zones.joined(separator: ", "))")
    }
    let spread = spreads && zones.count > 1 ? ", spread: zones" : ""
    lines.append(
      "    nodes: {count: \(count)\(spread), fails: {loss: {mtbf: 1 y, lasts: 10 min, \(Self.assumption)}}}")
    return lines + costLines(pool.costs, indent: 4, scope: "node")
  }

  // MARK: Components

  /// The component of a plan that has none.
  private static let standIn = "workload"

  private var componentLines: [String] {
    guard !components.isEmpty else {
      return [
        "", "components:",
        "  # Nothing in the plan runs by itself; this stands for what does, and is yours to say.",
        "  \(Self.standIn):", "    fails: {outage: {mtbf: 1 y, lasts: 1 h, \(Self.assumption)}}",
      ]
    }
    return ["", "components:"] + components.flatMap(componentLines)
  }

  private func componentLines(_ part: SkeletonPart) -> [String] {
    var lines = ["  \(part.name):", "    title: \(FlowText.quoted(part.title))"] + notes(part, indent: 4)
    lines += unitLines(part)
    lines.append("    fails: {outage: {mtbf: 1 y, lasts: 1 h, \(Self.assumption)}}")
    return lines + costLines(part.costs, indent: 4, scope: "unit")
  }

  private func unitLines(_ part: SkeletonPart) -> [String] {
    switch part.units {
    case .roles(let standbys, let readers, let takeover):
      return RoleLines(part, zones: zones, standbys: standbys, readers: readers, takeover: takeover).lines
    case .many(nil):
      return placeLines(part) + ["    # unknown: how many, which is known when the plan is applied"]
    case .many(let count?) where count > 1:
      return ["    replicas: {count: \(count)\(SkeletonPlace(part, of: zones, count: count).text)}"]
    case .many(0?): return placeLines(part) + ["    # the plan runs none of it now"]
    default: return placeLines(part)
    }
  }

  private func placeLines(_ part: SkeletonPart) -> [String] {
    guard let place = part.zones.count == 1 ? part.zones.first : part.region else { return [] }
    return ["    in: \(place)"]
  }

  private var capabilityLines: [String] {
    let names = components.isEmpty ? [Self.standIn] : components.map(\.name)
    let needs = names.map { "\($0): hard" }.joined(separator: ", ")
    return [
      "", "# What users call the service, and what it needs: here everything, which is yours to say.",
      "capabilities:", "  service:", "    depends-on: {\(needs)}",
    ]
  }

  // MARK: Costs

  private func costLines(_ costs: [SkeletonCost], indent: Int, scope: String) -> [String] {
    let blank = String(repeating: " ", count: indent)
    let lines = costs.flatMap { line(of: $0, scope: scope) }
    let isEmpty = lines.allSatisfy { $0.hasPrefix("#") }
    return (isEmpty ? [] : ["\(blank)costs:"]) + lines.map { "\(blank)\(isEmpty ? "" : "  ")\($0)" }
  }

  /// An entry with what the plan leaves open; all of it a comment when it can not be priced so.
  private func line(of cost: SkeletonCost, scope: String) -> [String] {
    var text = "\(cost.name): {\(cost.cost.kind): \(FlowText.text(cost.cost.stated))"
    if cost.isPerUnit { text += ", per: \(scope)" }
    if cost.count != 1 { text += ", count: \(cost.count)" }
    if let bought = cost.cost.bought { text += ", bought: \(bought)" }
    if let region = cost.cost.region, regions.count > 1 { text += ", region: \(region)" }
    text += "}"
    let unknown = cost.cost.unknown.map { "# \(FlowText.comment($0))" }
    let obstacles = cost.cost.obstacles
    guard !obstacles.isEmpty else { return unknown + [text] }
    return unknown + obstacles.map { "# not priced: \(FlowText.comment($0))" } + [
      "# \(FlowText.comment(text))"
    ]
  }

  private func notes(_ part: SkeletonPart, indent: Int) -> [String] {
    part.notes.map { String(repeating: " ", count: indent) + "# \(FlowText.comment($0))" }
  }

  private func commented(_ lines: [String]) -> [String] {
    lines.map { line in
      let text = line.drop { $0 == " " }
      let blank = String(repeating: " ", count: line.count - text.count)
      return text.hasPrefix("#") ? line : "\(blank)# \(text)"
    }
  }
}

/// Where the units of a component are: `, spread: zones`.
struct SkeletonPlace {
  let text: String

  init(_ part: SkeletonPart, of zones: [String], count: Int) {
    if part.members.count == count, count > 1 {
      text = ", members: [\(part.members.joined(separator: ", "))]"
    } else if part.zones.count == 1 {
      text = ", in: \(part.zones[0])"
    } else if part.zones.count > 1, part.zones == zones {
      text = ", spread: zones"
    } else if part.zones.count > 1 {
      let members = (0..<count).map { part.zones[$0 % part.zones.count] }
      text = ", members: [\(members.joined(separator: ", "))]"
    } else {
      text = part.region.map { ", in: \($0)" } ?? ""
    }
  }
}
