/// The roles of a component and how they move.
struct RoleLines {
  let lines: [String]

  init(
    _ part: SkeletonPart, zones: [String], standbys: Int, readers: Int, takeover: PlannedPart.Takeover?
  ) {
    let region = part.region.map { ", in: \($0)" } ?? ""
    let writer = part.zones.count == 1 ? ", in: \(part.zones[0])" : region
    var roles = ["    roles:", "      writer: {count: 1\(writer)}"]
    if standbys > 0 { roles.append("      standby: {count: \(standbys), required: 0\(region)}") }
    if readers > 0 {
      let members = part.readers.count == readers && readers > 1 ? part.readers : []
      let place =
        members.isEmpty
        ? (part.readers.count == 1 ? ", in: \(part.readers[0])" : region)
        : ", members: [\(members.joined(separator: ", "))]"
      roles.append("      reader: {count: \(readers)\(place)}")
    }
    if part.zones.count != 1, !zones.isEmpty {
      roles.insert("    # unknown: which zone each is in; with in: of each, a lost zone hits it", at: 0)
    }
    lines = roles + Self.failover(takeover, from: standbys > 0 ? "standby" : "reader")
  }

  private static func failover(_ takeover: PlannedPart.Takeover?, from role: String) -> [String] {
    guard let takeover else {
      return ["    # no failover is in the plan: a lost writer waits for its repair"]
    }
    let move = "    failover: {writer: {from: [\(role)], "
    return [move + times(takeover) + "}}"]
  }

  /// How long a move takes, by what the provider documents; else an assumption.
  private static func times(_ takeover: PlannedPart.Takeover) -> String {
    switch takeover {
    case .multiAZ:
      "takes: {uniform: {min: 60 s, max: 120 s}}, source: \"Amazon RDS User Guide, Multi-AZ: typically 60 to 120 s\""
    case .multiAZCluster:
      "takes: 35 s, source: \"Amazon RDS User Guide, Multi-AZ DB clusters: typically under 35 s\""
    case .aurora:
      "takes: 60 s, source: \"Amazon Aurora User Guide, high availability: typically less than 60 s\""
    case .cache, .broker: "takes: 60 s, \(SkeletonModel.assumption)"
    }
  }
}
