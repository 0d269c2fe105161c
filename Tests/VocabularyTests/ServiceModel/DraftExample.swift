import Diagnostics
import Quantities
import ServiceModel
import Stochastics

/// A small consistent draft and the pieces to spoil it with.
enum DraftExample {
  /// The place of whatever a test adds.
  static let here = Diagnostics.SourceLocation(file: "f", line: 99, column: 7)

  static func at(_ line: Int) -> Diagnostics.SourceLocation {
    Diagnostics.SourceLocation(file: "f", line: line, column: 1)
  }

  static func here<Value>(_ value: Value) -> Located<Value> { Located(value, at: here) }

  static func hard(_ name: String) -> Dependency<Located<String>> {
    Dependency(label: name, requirement: .one(here(name)), strength: .hard)
  }

  static func soft(_ name: String) -> Dependency<Located<String>> {
    Dependency(label: name, requirement: .one(here(name)), strength: .soft(loss: Probability(0.2) ?? .one))
  }

  static func atLeast(_ count: Int, _ names: [String]) -> Dependency<Located<String>> {
    Dependency(label: "group", requirement: .atLeast(count, names.map { .one(here($0)) }), strength: .hard)
  }

  static func mode(
    _ frequency: FailureModeDraft.Frequency = .meanTimeBetweenFailures(TimeSpan.year),
    _ length: FailureModeDraft.Length? = nil
  ) throws -> FailureModeDraft {
    let lasts = FailureModeDraft.Length.lasts(try Deterministic(value: 1))
    return FailureModeDraft(name: here("crash"), frequency: frequency, length: length ?? lasts)
  }

  static func component(_ name: String, line: Int = 10, count: Int = 1) -> ComponentDraft {
    let role = RoleDraft(name: nil, count: Located(count, at: at(line)), required: nil)
    return ComponentDraft(name: Located(name, at: at(line)), roles: [role])
  }

  static func failover(_ role: String, from candidates: [String]) throws -> FailoverDraft {
    FailoverDraft(
      role: here(role), candidates: candidates.map { here($0) }, takes: try Deterministic(value: 0.01))
  }

  /// Two zones, three replicas of `api`, a `ledger` with a writer and two readers, one capability.
  static func draft() throws -> ModelDraft {
    var draft = ModelDraft(name: "example", location: at(1))
    draft.domains = ["zone-a", "zone-b"].map { DomainDraft(name: Located($0, at: at(3)), kind: .zone) }
    draft.detectors = [DelayDraft(name: Located("ready", at: at(5)), parts: [try Deterministic(value: 0.01)])]
    draft.responses = [DelayDraft(name: Located("page", at: at(6)), parts: [try Deterministic(value: 0.1)])]
    var ledger = component("ledger", line: 20)
    ledger.roles = [
      RoleDraft(name: Located("writer", at: at(21)), count: Located(1, at: at(21)), required: nil),
      RoleDraft(name: Located("reader", at: at(22)), count: Located(2, at: at(22)), required: nil),
    ]
    draft.components = [component("api", count: 3), ledger]
    draft.capabilities = [
      CapabilityDraft(
        name: Located("service", at: at(30)), dependencies: [hard("api"), hard("ledger/writer")])
    ]
    return draft
  }
}
