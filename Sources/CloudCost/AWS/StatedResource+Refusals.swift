internal import Diagnostics

extension StatedResource {
  /// Adds a finding when a key is stated that a type does not have.
  ///
  /// - Parameter choice: the key that chooses the type.
  func refuse(
    _ key: String, unless isAllowed: Bool, of type: String, chosenBy choice: String = "type",
    findings: inout [Diagnostic]
  ) {
    guard !isAllowed, let value = declaration[key] else { return }
    findings.append(
      Diagnostic(
        slug: "not-of-this-type", "\(key): \(type) has none to choose", at: value.location,
        help: "leave \(key): out, or choose another \(choice):"))
  }
}
