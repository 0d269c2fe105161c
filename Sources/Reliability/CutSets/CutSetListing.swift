/// Every set of a family that passes some limits, to be written out; it is not held as a list.
public struct CutSetListing: Sendable {
  private let sets: MinimalCutSets
  private let names: [String]
  private let probabilities: [Double]
  private let filter: CutSetFilter

  /// The sets with their events' names and probabilities.
  init(_ sets: MinimalCutSets, names: [String], _ probabilities: [Double], _ filter: CutSetFilter) {
    self.sets = sets
    self.names = names
    self.probabilities = probabilities
    self.filter = filter
  }

  /// Writes the sets, a line each: names with tabs between, `not ` before an event that must be absent.
  ///
  /// - Parameter write: takes about a megabyte at a time, valid during the call.
  /// - Complexity: some 20 ns for each set beside its text.
  public func write(_ write: (UnsafeRawBufferPointer) -> Void) {
    let lines = CutSetLines(names: names)
    defer { lines.deallocate() }
    sets.forEach(probabilities, filter) { literals, _ in lines.append(literals, write) }
    lines.flush(write)
  }
}
