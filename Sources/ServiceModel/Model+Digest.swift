internal import Diagnostics
internal import Quantities

extension Model {
  /// The SHA-256 digest of all that decides a result: equal for two models that say the same.
  ///
  /// Comments, `source:` notes, what is paid for, claimed or could be chosen, and the files and lines in which things stand
  /// have no part in it.
  ///
  /// - Parameter bindings: what the model is bound to in the incident history.
  package func digest(boundTo bindings: [BoundMode]) -> String {
    var digest = SHA256()
    var writer = CanonicalText()
    writer.write(self)
    writer.write(bindings)
    digest.update(Array(writer.text.utf8))
    return digest.hexDigest()
  }
}

/// A value written out with all that it holds, so that equal values give equal text in every run.
///
/// Reads values by reflection, so that a property added to a model is never forgotten: a digest that misses one would
/// let two different models pass for the same.
struct CanonicalText {
  private(set) var text = ""

  /// Writes a value; notes that never affect a number are passed over.
  mutating func write(_ value: Any) {
    if CanonicalText.isNote(value) { return }
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .set: writeSorted(mirror)
    case .dictionary: writeSorted(mirror)
    case .enum where mirror.children.isEmpty: writeLeaf("\(value)")
    case .none: writeLeaf("\(value)")
    default: writeMembers(mirror, of: type(of: value))
    }
  }

  private static func isNote(_ value: Any) -> Bool {
    // An empty list of anything passes for a list of choices in a cast, so its type is asked for.
    value is SourceLocation || value is SourceNote || value is DefaultNote || value is ModelCosts
      || type(of: value) == [Choice].self || type(of: value) == [ResourceLimit].self || value is ModelClaims
  }

  /// The length goes first, so that no text can pass for two.
  private mutating func writeLeaf(_ leaf: String) { text += "\(leaf.utf8.count):\(leaf)" }

  private mutating func writeMembers(_ mirror: Mirror, of type: Any.Type) {
    text += "\(type)("
    for child in mirror.children where !CanonicalText.isNote(child.value) {
      if let label = child.label { text += "\(label)=" }
      write(child.value)
      text += ","
    }
    text += ")"
  }

  /// The order of a set is another in every run.
  private mutating func writeSorted(_ mirror: Mirror) {
    let members = mirror.children.map { child in
      var member = CanonicalText()
      member.write(child.value)
      return member.text
    }
    text += "{\(members.sorted().joined(separator: ","))}"
  }
}
