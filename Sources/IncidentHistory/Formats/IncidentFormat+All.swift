internal import StructuredText

extension IncidentFormat {
  /// Every format that is recognised, more special ones first.
  public static let all: [IncidentFormat] = [
    .pagerDutyAnalytics,
    .pagerDutyREST,
    .pagerDutyCSV,
    .statuspage,
    .serviceNow,
    .opsgenie,
    .jiraServiceManagement,
    .incidentIO,
    .grafanaOnCall,
    .alertmanager,
    .prometheusAlerts,
    .awsHealth,
    .googleCloud,
    .relmodelJSON,
    .relmodelCSV,
  ]

  /// The format of a name.
  public static func named(_ name: String) -> IncidentFormat? { all.first { $0.name == name } }
}
