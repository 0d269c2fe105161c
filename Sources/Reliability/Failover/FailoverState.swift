extension FailoverChain {
  /// What each part is doing: the stage of each outage, and of the start of all its units after it (0: not under way), the role
  /// of each unit, the move of each unit, the start of each unit.
  struct State: Hashable, Sendable {
    private var parts: [UInt16]

    init(_ parts: [UInt16]) { self.parts = parts }

    subscript(place: Int) -> UInt16 {
      get { parts[place] }
      set { parts[place] = newValue }
    }

    // A chain looks states up as often as it has moves: all bytes at once.
    func hash(into hasher: inout Hasher) {
      parts.withUnsafeBytes { hasher.combine(bytes: $0) }
    }
  }
}
