internal import Diagnostics
internal import ServiceModel

extension Model {
  /// What is to be known of results that stand on callers who wait as long as their retries do.
  var retryNotes: [Document.Block] {
    retryWarnings.map { .note("\($0.message). Calls that wait and are answered in the end count as served.") }
  }
}
