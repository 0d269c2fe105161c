extension IncidentFormat {
  /// What `incidents export --format json` writes: objects whose keys are the names of our columns.
  static let relmodelJSON: IncidentFormat = {
    var format = IncidentFormat(
      name: "json", title: "relmodel, JSON with our column names", source: "json",
      container: .json(paths: ["incidents", ""]), signature: ["component", "started"],
      columns: IncidentColumn.allCases.map { ($0, [$0.name]) })
    format.isStrict = true
    return format
  }()
}
