internal import Quantities

extension Incident {
  /// The same incident with an id made of what identifies it: service, component, mode, title and start.
  ///
  /// A corrected end, cost or note therefore updates the incident instead of adding a second one.
  ///
  /// - Parameter names: What the file calls the service, component and mode, if a mapping has changed them.
  func identifiedByContent(names: [String?]?) -> Incident {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(192)
    for part in (names ?? [service, component, mode]) + [title, String(started.milliseconds)] {
      bytes += (part.map { String($0.utf8.count) } ?? "-").utf8
      bytes.append(UInt8(ascii: ":"))
      if let part { bytes += part.utf8 }
    }
    var digest = SHA256()
    digest.update(bytes)
    var identified = self
    identified.externalID = "sha256:" + digest.hexDigest().prefix(32)
    return identified
  }

  /// Whether the id was made of the content.
  var isIdentifiedByContent: Bool { externalID.hasPrefix("sha256:") }
}
