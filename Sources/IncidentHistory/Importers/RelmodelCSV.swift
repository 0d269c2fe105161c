extension IncidentFormat {
  /// Our own CSV: columns by the names of ``IncidentColumn``; read strictly, because people write it by hand.
  static let relmodelCSV: IncidentFormat = {
    var format = IncidentFormat(
      name: "csv", title: "relmodel, CSV with our column names", source: "csv", container: .csv,
      signature: [],
      columns: IncidentColumn.allCases.map { ($0, [$0.name]) })
    format.isStrict = true
    return format
  }()
}
