internal import StructuredText

/// A value in a plan: known, known only when the plan is applied, or not to be shown.
package indirect enum PlanValue: Sendable, Hashable {
  case null
  case flag(Bool)
  /// A number as written.
  case number(String)
  case text(String)
  case list([PlanValue])
  case map([String: PlanValue])
  /// The provider decides it when the plan is applied.
  case unknown
  /// Marked as sensitive by the configuration or the provider; never read.
  case sensitive

  /// The value of an attribute, from the three trees that a plan holds side by side.
  ///
  /// - Parameters:
  ///   - value: what is known; leaves out what is not.
  ///   - unknown: `true` where the value is not known, else the same shape.
  ///   - sensitive: `true` where the value must not be shown, else the same shape.
  /// - Source: Terraform, “JSON output format”, change representation.
  init(_ value: LocatedJSON?, unknown: LocatedJSON?, sensitive: LocatedJSON?) {
    if sensitive?.isTrue == true {
      self = .sensitive
    } else if unknown?.isTrue == true {
      self = .unknown
    } else {
      self = Self.known(value, unknown: unknown, sensitive: sensitive)
    }
  }

  private static func known(
    _ value: LocatedJSON?, unknown: LocatedJSON?, sensitive: LocatedJSON?
  ) -> PlanValue {
    switch value?.content {
    case nil, .null: holdsTrue(unknown) ? .unknown : .null
    case .bool(let flag): .flag(flag)
    case .number(let text): .number(text)
    case .string(let text): .text(text)
    case .array(let items): list(items, unknown: unknown, sensitive: sensitive)
    case .object(let members): map(members, unknown: unknown, sensitive: sensitive)
    }
  }

  /// Whether anything in a tree of flags is set, such as in a block whose items are not there yet.
  private static func holdsTrue(_ tree: LocatedJSON?) -> Bool {
    guard let tree else { return false }
    return tree.isTrue || tree.elements.contains { holdsTrue($0) }
      || tree.members.contains { holdsTrue($0.value) }
  }

  private static func list(
    _ items: [LocatedJSON], unknown: LocatedJSON?, sensitive: LocatedJSON?
  ) -> PlanValue {
    let unknowns = unknown?.elements ?? []
    let sensitives = sensitive?.elements ?? []
    return .list(
      (0..<max(items.count, unknowns.count)).map { index in
        PlanValue(
          items.dropFirst(index).first, unknown: unknowns.dropFirst(index).first,
          sensitive: sensitives.dropFirst(index).first)
      })
  }

  private static func map(
    _ members: [LocatedJSON.Member], unknown: LocatedJSON?, sensitive: LocatedJSON?
  ) -> PlanValue {
    var values: [String: PlanValue] = [:]
    for member in members {
      values[member.key] = PlanValue(
        member.value, unknown: unknown?[member.key], sensitive: sensitive?[member.key])
    }
    for member in unknown?.members ?? [] where values[member.key] == nil {
      values[member.key] = PlanValue(nil, unknown: member.value, sensitive: sensitive?[member.key])
    }
    return .map(values)
  }

  /// The value at a path of keys, the first item of each list on the way: `scaling_config.desired_size`.
  ///
  /// Blocks that may stand once are lists of one item in a plan.
  package subscript(path: String) -> PlanValue {
    var here = self
    for step in path.split(separator: ".") {
      if case .list(let items) = here { here = items.first ?? .null }
      switch here {
      case .map(let values): here = values[String(step)] ?? .null
      case .unknown, .sensitive: return here
      default: return .null
      }
    }
    return here
  }

  /// The items of a list; the value itself when it is known and no list.
  package var items: [PlanValue] {
    switch self {
    case .list(let items): items
    case .null, .unknown, .sensitive: []
    default: [self]
    }
  }

  /// The text of a text that is not empty, of a number or of a truth value.
  package var text: String? {
    switch self {
    case .text(let text): text.isEmpty ? nil : text
    case .number(let text): text
    case .flag(let flag): flag ? "true" : "false"
    default: nil
    }
  }

  /// A whole number.
  package var count: Int? { text.flatMap { Int($0) } }

  /// Whether it is known to be `true`.
  package var isTrue: Bool { text == "true" }

  /// Whether it is stated in the plan and can not be read from it.
  package var isHidden: Bool { self == .unknown || self == .sensitive }
}

extension LocatedJSON {
  /// Whether it is `true`.
  var isTrue: Bool { if case .bool(true) = content { true } else { false } }
}
