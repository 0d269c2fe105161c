extension [String] {
  /// The first ones, and how many others there are: `db/crash and 2 more`, or of three `a, b, c and 2 more`; `nil` of none.
  func brief(naming most: Int = 1) -> String? {
    guard !isEmpty else { return nil }
    return prefix(most).joined(separator: ", ") + (count > most ? " and \(count - most) more" : "")
  }
}
