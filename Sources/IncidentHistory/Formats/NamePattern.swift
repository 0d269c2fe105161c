/// A pattern of names: `*` stands for any letters, `?` for one; case does not matter.
package struct NamePattern: Sendable, Hashable {
  /// The pattern as written.
  package let text: String
  private let pattern: [Character]

  /// A pattern.
  package init(_ text: String) {
    self.text = text
    pattern = Array(text.lowercased())
  }

  /// Whether a whole name fits.
  ///
  /// - Complexity: The product of both lengths at worst.
  package func matches(_ name: String) -> Bool {
    let name = Array(name.lowercased())
    var (inPattern, inName) = (0, 0)
    var star: (pattern: Int, name: Int)?
    while inName < name.count {
      if inPattern < pattern.count, pattern[inPattern] == "*" {
        star = (inPattern, inName)
        inPattern += 1
      } else if inPattern < pattern.count, pattern[inPattern] == "?" || pattern[inPattern] == name[inName] {
        (inPattern, inName) = (inPattern + 1, inName + 1)
      } else if let last = star {
        star = (last.pattern, last.name + 1)
        (inPattern, inName) = (last.pattern + 1, last.name + 1)
      } else {
        return false
      }
    }
    return pattern[inPattern...].allSatisfy { $0 == "*" }
  }
}
