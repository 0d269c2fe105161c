/// The candidate that is closest to what somebody typed, for "did you mean".
///
/// Distance is counted in insertions, deletions, substitutions and swaps of neighbours, regardless of case; a candidate further than a third
/// of the typed length (at least 1) is no suggestion.
///
/// - Complexity: O(candidates × length²); texts longer than 64 characters get no suggestion.
public func nearestName(to typed: String, among candidates: some Sequence<String>) -> String? {
  guard !typed.isEmpty, typed.count <= 64 else { return nil }
  let allowed = max(1, typed.count / 3)
  var best: (name: String, distance: Int)?
  for candidate in candidates where candidate.count <= 64 {
    let distance = editDistance(Array(typed.lowercased()), Array(candidate.lowercased()))
    if distance <= allowed, distance < best?.distance ?? .max { best = (candidate, distance) }
  }
  return best?.name
}

/// The optimal string alignment distance between two texts (Damerau, CACM 7, 1964).
private func editDistance(_ left: [Character], _ right: [Character]) -> Int {
  var beforePrevious: [Int] = []
  var previous = Array(0...right.count)
  for (row, a) in left.enumerated() {
    var current = [row + 1]
    for (column, b) in right.enumerated() {
      let substitution = previous[column] + (a == b ? 0 : 1)
      var best = min(substitution, previous[column + 1] + 1, current[column] + 1)
      if row > 0, column > 0, a == right[column - 1], left[row - 1] == b {
        best = min(best, beforePrevious[column - 1] + 1)
      }
      current.append(best)
    }
    beforePrevious = previous
    previous = current
  }
  return previous[right.count]
}
