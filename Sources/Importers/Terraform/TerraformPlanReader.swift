package import Diagnostics
internal import Quantities
package import StructuredText

/// Reads the JSON of a plan, as `terraform show -json` and `tofu show -json` print it, in one pass and in memory that
/// grows with the resources that are priced, not with the file.
///
/// - Source: Terraform, “JSON output format”; a reader passes over keys that it does not know and refuses another major
///   version.
package struct TerraformPlanReader {
  /// The longest text of a plan, in bytes: files may be embedded.
  static let longestText = 16 << 20
  /// The most bytes of one resource.
  static let longestResource = 64 << 20
  /// The most instances.
  package static let mostResources = 200_000

  private let name: String
  private let open: () throws(Findings) -> ByteCursor

  /// A reader of the file at a path.
  package init(path: String) {
    self.init(name: path) { () throws(Findings) in try ByteCursor(path: path) }
  }

  /// A reader of bytes, which may be asked for twice.
  package init(name: String, open: @escaping () throws(Findings) -> ByteCursor) {
    self.name = name
    self.open = open
  }

  /// The plan.
  ///
  /// - Throws: located findings with the command that makes a file that can be read.
  package func plan() throws(Findings) -> TerraformPlan {
    try PlanFileKind.check(open())
    var pass = PlanPass(name: name, takesPlannedValues: false)
    try pass.read(reader(try open()))
    guard pass.seen.contains("resource_changes") || !pass.seen.contains("planned_values") else {
      pass = PlanPass(name: name, takesPlannedValues: true)
      try pass.read(reader(try open()))
      return try pass.plan()
    }
    return try pass.plan()
  }

  private func reader(_ cursor: ByteCursor) -> JSONReader {
    var reader = JSONReader(cursor)
    reader.longestText = Self.longestText
    reader.longestRecord = Self.longestResource
    return reader
  }
}

/// One pass over a plan.
private struct PlanPass {
  let name: String
  /// Whether resources come from `planned_values`, as there are no `resource_changes`.
  let takesPlannedValues: Bool
  /// The keys of the document.
  private(set) var seen: Set<String> = []
  private var before: [PlannedResource] = []
  private var after: [PlannedResource] = []
  private var configuration = ConfigurationReader { ResourceMappings.isRead($0) }
  private var variables: [String: PlanValue] = [:]
  private var warnings: [Diagnostic] = []
  private var start = SourceLocation(file: "", line: 1, column: 1)

  init(name: String, takesPlannedValues: Bool) {
    self.name = name
    self.takesPlannedValues = takesPlannedValues
  }

  mutating func read(_ reader: consuming JSONReader) throws(Findings) {
    var reader = reader
    do throws(Findings) {
      _ = try reader.peek()
      start = reader.cursor.location
      try reader.members { (key, reader) throws(Findings) in
        seen.insert(key)
        try readMember(key, &reader)
      }
      guard try reader.peek() == nil else { throw try reader.unexpected("the end of the plan") }
    } catch {
      throw PlanFileKind.explained(error)
    }
  }

  private mutating func readMember(_ key: String, _ reader: inout JSONReader) throws(Findings) {
    switch key {
    case "format_version": try checkVersion(try reader.record())
    case "variables":
      for variable in try reader.record().members {
        variables[variable.key] = PlanValue(variable.value["value"], unknown: nil, sensitive: nil)
      }
    case "errored", "complete": noteState(key, try reader.record())
    case "configuration": try configuration.read(&reader)
    case "resource_changes" where !takesPlannedValues:
      try reader.elements { (reader) throws(Findings) in try readChange(try reader.record()) }
    case "planned_values" where takesPlannedValues:
      try reader.members { (key, reader) throws(Findings) in
        if key == "root_module" { try readModule(&reader, depth: 0) } else { try reader.skipValue() }
      }
    default: try reader.skipValue()
    }
  }

  // MARK: Resources

  private mutating func readChange(_ record: LocatedJSON) throws(Findings) {
    let change = ResourceChange(record)
    guard change.isManaged else { return }
    guard let action = change.action else {
      warnings.append(change.unknownAction)
      return
    }
    if let resource = change.before(action) { before.append(resource) }
    if let resource = change.after(action) { after.append(resource) }
    try checkCount(at: record.location)
  }

  private mutating func readModule(_ reader: inout JSONReader, depth: Int) throws(Findings) {
    guard depth < ConfigurationReader.deepest else {
      throw reader.fault("plan-too-deep", "modules are nested deeper than \(ConfigurationReader.deepest)")
    }
    try reader.members { (key, reader) throws(Findings) in
      switch key {
      case "resources":
        try reader.elements { (reader) throws(Findings) in
          let change = ResourceChange(try reader.record())
          guard change.isManaged else { return }
          after.append(change.planned)
          try checkCount(at: change.location)
        }
      case "child_modules":
        try reader.elements { (reader) throws(Findings) in try readModule(&reader, depth: depth + 1) }
      default: try reader.skipValue()
      }
    }
  }

  private func checkCount(at place: SourceLocation) throws(Findings) {
    guard max(before.count, after.count) > TerraformPlanReader.mostResources else { return }
    throw Findings([
      Diagnostic(
        slug: "plan-too-large", "the plan has more than \(TerraformPlanReader.mostResources) resources",
        at: place, help: "make a plan of a part: terraform plan -target=module.name -out plan.out")
    ])
  }

  // MARK: The document

  private func checkVersion(_ version: LocatedJSON) throws(Findings) {
    let major = version.text?.split(separator: ".").first
    guard major != "0", major != "1" else { return }
    throw Findings([
      Diagnostic(
        slug: "plan-version",
        "the plan has format_version \(quoted(version.text ?? "null")); 0.1 to 1.x can be read",
        at: version.location, help: "print it with a Terraform of version 1: \(PlanFileKind.command)")
    ])
  }

  private mutating func noteState(_ key: String, _ value: LocatedJSON) {
    guard let flag = value.text, flag == (key == "errored" ? "true" : "false") else { return }
    let what = key == "errored" ? "making the plan failed half-way" : "Terraform put some changes off"
    warnings.append(
      Diagnostic(
        .warning, slug: "plan-incomplete", "\(what); resources may be missing", at: value.location))
  }

  /// The plan, when the document is one.
  func plan() throws(Findings) -> TerraformPlan {
    try checkKeys()
    var configuration = configuration.configuration
    let hidden = configuration.modules[[]]?.sensitiveVariables ?? []
    configuration.variables = variables.filter { !hidden.contains($0.key) }
    return TerraformPlan(
      file: name, before: before, after: after, configuration: configuration, warnings: warnings)
  }

  private func checkKeys() throws(Findings) {
    if !seen.isDisjoint(with: ["planned_values", "resource_changes"]), seen.contains("format_version") {
      return
    }
    let what =
      if seen.contains("@level") {
        "this is the log of terraform plan -json, not a plan"
      } else if seen.isSuperset(of: ["lineage", "serial"]) {
        "this is a state file, not a plan"
      } else if seen.contains("values") {
        "this is a state, not a plan: it has values and no planned_values"
      } else if !seen.contains("format_version") {
        "this is no plan: it has no format_version"
      } else {
        "the plan has no planned_values"
      }
    throw Findings([Diagnostic(slug: "not-a-plan", what, at: start, help: PlanFileKind.commands)])
  }
}
