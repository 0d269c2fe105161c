/// The candidate that is closest to what somebody typed, for "did you mean".
///
/// Distance is Levenshtein's, counted in characters and regardless of case; a candidate further than a third
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

/// Levenshtein's distance between two texts.
private func editDistance(_ left: [Character], _ right: [Character]) -> Int {
  var previous = Array(0...right.count)
  for (row, a) in left.enumerated() {
    var current = [row + 1]
    for (column, b) in right.enumerated() {
      let substitution = previous[column] + (a == b ? 0 : 1)
      current.append(min(substitution, previous[column + 1] + 1, current[column] + 1))
    }
    previous = current
  }
  return previous[right.count]
}
