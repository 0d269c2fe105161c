internal import Synchronization

/// The order in which a chain was solved, for chains with the same moves at other rates.
///
/// An order is found by which moves there are, so answers are the same to the bit with and without it.
package final class EliminationMemory: Sendable {
  // A class, since all that solve chains of one pattern share what the first has found.
  private struct Known {
    let starts: [Int]
    let columns: [Int]
    let scheme: SparseElimination.Scheme
  }

  private let last = Mutex<Known?>(nil)

  /// No chain yet.
  package init() {}

  /// The scheme of the last chain, where it had the same moves.
  func scheme(for rates: RateMatrix) -> SparseElimination.Scheme? {
    last.withLock { last in
      guard let last, last.starts == rates.starts, last.columns == rates.columns else { return nil }
      return last.scheme
    }
  }

  func keep(_ scheme: SparseElimination.Scheme, for rates: RateMatrix) {
    last.withLock { $0 = Known(starts: rates.starts, columns: rates.columns, scheme: scheme) }
  }
}
