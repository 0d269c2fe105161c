internal import Quantities

extension Incident {
  /// Takes an id made of what identifies the incident: service, component, mode, title and start.
  ///
  /// A corrected end, cost or note therefore updates the incident instead of adding a second one.
  ///
  /// - Parameter names: What the file calls the service, component and mode, if a mapping has changed them.
  mutating func identifyByContent(names: [String?]?) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(192)
    for part in (names ?? [service, component, mode]) + [title, String(started.milliseconds)] {
      bytes += (part.map { String($0.utf8.count) } ?? "-").utf8
      bytes.append(UInt8(ascii: ":"))
      if let part { bytes += part.utf8 }
    }
    externalID = "sha256:" + SHA256.hexDigest(of: bytes, digits: 32)
  }

  /// Whether the id was made of the content.
  var isIdentifiedByContent: Bool { externalID.hasPrefix("sha256:") }
}
