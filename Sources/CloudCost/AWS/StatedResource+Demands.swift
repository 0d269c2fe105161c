internal import Diagnostics

extension StatedResource {
  /// Adds a finding when a key is missing that something else that is stated needs.
  func demand(
    _ key: String, if isNeeded: Bool, for what: String, example: String, findings: inout [Diagnostic]
  ) {
    guard isNeeded, !has(key) else { return }
    findings.append(
      Diagnostic(
        slug: "missing-key", "\(what) has no \(key):", at: location, help: "\(key): \(example)"))
  }
}
