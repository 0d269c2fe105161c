internal import Quantities

extension Incident {
  /// The same incident with an id made of what identifies it: service, component, mode, title and start.
  ///
  /// A corrected end, cost or note therefore updates the incident instead of adding a second one.
  func identifiedByContent() -> Incident {
    var digest = SHA256()
    for part in [service, component, mode, title, String(started.milliseconds)] {
      let bytes = Array((part ?? "").utf8)
      digest.update(Array("\(part == nil ? "-" : String(bytes.count)):".utf8) + bytes)
    }
    var identified = self
    identified.externalID = "sha256:" + digest.hexDigest().prefix(32)
    return identified
  }
}
