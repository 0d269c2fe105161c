internal import StructuredText

import Diagnostics

/// Gives every incident of an import its component, and counts the services that no rule takes.
struct ComponentAssignment {
  /// The component of incidents that name no service.
  static let unassigned = "unassigned"
  /// The most services without a rule that are told apart.
  static let mostServices = 10_000

  private let rules: ComponentRules
  private let fallback: String?
  private let isStrict: Bool
  private var rowsByService: [String: Int] = [:]

  init(rules: ComponentRules, fallback: String?, isStrict: Bool) {
    self.rules = rules
    self.fallback = fallback
    self.isStrict = isStrict
  }

  /// Fills in the component, and the mode if the rule names one and the file none.
  mutating func assign(_ raw: inout RawIncident) {
    let named = raw[.component] ?? raw[.service]
    let names = [IncidentColumn.service, .component, .mode].map { raw[$0]?.text.trimmed }
    defer { if !rules.isEmpty || names[1] == nil { raw.namesInFile = names } }
    assignOthers(&raw)
    if raw[.component] == nil, fallback != nil || !isStrict { assignUnnamed(&raw) }
    guard !rules.isEmpty, let service = (raw[.service] ?? named)?.text.trimmed else { return }
    guard let match = rules.match(service: service, title: raw[.title]?.text) else { return count(service) }
    if raw[.service] == nil { raw.set(.service, service) }
    raw.set(.component, match.component)
    if raw[.mode] == nil { raw.set(.mode, match.mode) }
  }

  /// Gives the other components of an incident their names by the same rules.
  private func assignOthers(_ raw: inout RawIncident) {
    let names = raw.otherComponents
    guard !names.isEmpty, !rules.isEmpty else { return }
    let title = raw[.title]?.text
    raw.set(
      .otherComponents,
      names.map { rules.match(service: $0, title: title)?.component ?? $0 }.joined(separator: ";"))
  }

  private func assignUnnamed(_ raw: inout RawIncident) {
    if let service = raw[.service] {
      raw[.component] = service
    } else {
      raw.set(.component, fallback ?? Self.unassigned)
      if fallback == nil { raw.remarks.append(.unassigned) }
    }
  }

  private mutating func count(_ service: String) {
    guard rowsByService[service] != nil || rowsByService.count < Self.mostServices else { return }
    rowsByService[service, default: 0] += 1
  }

  /// The services that no rule took, the most frequent first.
  var unmatched: [ImportSummary.Unmatched] {
    rowsByService.map { ImportSummary.Unmatched(service: $0.key, rows: $0.value) }
      .sorted { ($1.rows, $0.service) < ($0.rows, $1.service) }
  }

  /// The warning that lists them; `nil` when all were taken.
  func warning(in file: String) -> Diagnostic? {
    let unmatched = unmatched
    guard let first = unmatched.first else { return nil }
    let names = unmatched.prefix(20).map { "\(quoted($0.service)) (\($0.rows))" }.joined(separator: ", ")
    let more = unmatched.count > 20 ? " and \(unmatched.count - 20) more" : ""
    let close = nearestName(to: first.service, among: rules.rules.map(\.component) + rules.components)
    return Diagnostic(
      .warning, slug: "unmatched-service",
      "no rule of the mapping takes \(names)\(more); each is filed under a component of its own name",
      at: nil,
      help: close.map { "\"\($0)\": {\"names\": [\"\(first.service)\"]}" })
  }
}
