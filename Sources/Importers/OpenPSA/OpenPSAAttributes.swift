internal import Diagnostics

/// The attributes that are read (Open-PSA MEF 2.0d); any other is told, since it changes nothing.
extension OpenPSADocument {
  private static let attributes: [String: [String]] = [
    "opsa-mef": ["name"], "open-psa": ["name"],
    "define-fault-tree": ["name", "role"], "define-component": ["name", "role"],
    "define-gate": ["name", "role"], "define-basic-event": ["name", "role"],
    "define-house-event": ["name", "role"], "define-parameter": ["name", "role", "unit"],
    "define-CCF-group": ["name", "model", "role"], "factor": ["level"],
    "gate": ["name"], "basic-event": ["name"], "house-event": ["name"], "event": ["name", "type"],
    "parameter": ["name", "unit"], "constant": ["value"], "float": ["value"], "int": ["value"],
    "bool": ["value"], "atleast": ["min"], "cardinality": ["min", "max"],
  ]

  /// Elements that are read and have no attributes.
  private static let bare: Set = Set(
    OpenPSAForm.names + ["and", "or", "not", "xor", "nand", "nor", "imply", "iff", "null"]
      + ["model-data", "members", "distribution", "factors", "bin", "case"]
  ).subtracting(attributes.keys)

  /// Elements whose inside is not read.
  private static let closed = OpenPSADefinitions.passedOver.union(["label", "attributes"])

  /// Warns of attributes without a meaning, such as a misspelt `role`.
  mutating func warnOfUnknownAttributes() {
    for (number, file) in files.enumerated() {
      guard let elements = file?.elements else { continue }
      var isClosed = [Bool](repeating: false, count: elements.count)
      for (place, element) in elements.enumerated() {
        isClosed[place] =
          (element.parent != place && isClosed[element.parent])
          || OpenPSADocument.closed.contains(element.name)
        guard !isClosed[place], !element.attributes.isEmpty else { continue }
        warn(of: element, in: number)
      }
    }
  }

  private mutating func warn(of element: XMLFile.Element, in file: Int) {
    let known = OpenPSADocument.attributes[element.name] ?? []
    guard !known.isEmpty || OpenPSADocument.bare.contains(element.name) else { return }
    // Those of a namespace, such as a schema's location, are about the file.
    let unknown = element.attributes.keys.filter {
      !known.contains($0) && $0 != "xmlns" && !$0.utf8.contains(UInt8(ascii: ":"))
    }
    for name in unknown.sorted() {
      let near = nearestName(to: name, among: known).map { "\($0)=\"…\"" }
      let all = known.isEmpty ? "it has none" : "it has \(known.joined(separator: ", "))"
      findings.warn(
        "unknown-attribute",
        "the attribute `\(name.shortened)` of `<\(element.name)>` has no meaning and is passed over; \(all)",
        at: Place(file: file, offset: element.offset), help: near)
    }
  }
}
