extension AWSRegion {
  /// Whether prices are listed for a place: a region, or a Local Zone of one, `us-west-2-lax-1` (AWS, Local Zones).
  public static func isPriced(_ place: String) -> Bool {
    if codes.contains(place) { return true }
    let parts = place.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 5, parts[3].count == 3, parts[3].allSatisfy(\.isLetter), Int(parts[4]) != nil else {
      return false
    }
    return codes.contains(parts.prefix(3).joined(separator: "-"))
  }
}
