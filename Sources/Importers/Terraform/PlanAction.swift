internal import StructuredText

/// What a plan does to an instance of a resource.
package enum PlanAction: String, Sendable, Hashable {
  case keep
  case create
  case update
  case replace
  case delete
  /// Terraform no longer looks after it, and it goes on.
  case forget
  /// A data source is read.
  case read

  /// The action behind a list such as `["delete", "create"]`, in either order; `nil` for one that is not known.
  ///
  /// - Source: Terraform, “JSON output format”, change representation.
  init?(_ words: [String]) {
    switch Set(words) {
    case ["no-op"]: self = .keep
    case ["create"]: self = .create
    case ["update"]: self = .update
    case ["delete"]: self = .delete
    case ["read"]: self = .read
    case ["forget"]: self = .forget
    case ["create", "delete"], ["create", "forget"]: self = .replace
    default: return nil
    }
  }
}
