import ArgumentParser
import IncidentHistory

/// By what they are of: the options that every command about incidents has.
struct WhichIncidents: ParsableArguments {
  @Option(help: "Only those of this component.")
  var component: String?

  @Option(help: "Only those of this mode.")
  var mode: String?

  @Option(help: "Only those of this service.")
  var service: String?

  @Option(help: "Only those of this source.")
  var source: String?

  @Option(help: "Only those of this severity, in the source's own words.")
  var severity: String?

  /// Whether anything was asked for.
  var isUsed: Bool { [component, mode, service, source, severity].contains { $0 != nil } }

  /// What was asked for, in words; empty for everything.
  var scope: String {
    let name = component.map { component in mode.map { "\(component)/\($0)" } ?? component } ?? mode
    return [name, service, source, severity].compactMap { $0 }.joined(separator: ", ")
  }

  /// Puts it into a filter.
  func apply(to filter: inout IncidentFilter) {
    (filter.component, filter.mode, filter.service) = (component, mode, service)
    (filter.source, filter.severity) = (source, severity)
  }
}
