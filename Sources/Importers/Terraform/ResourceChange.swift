internal import Diagnostics
internal import Foundation
internal import StructuredText

/// One element of `resource_changes`, or of the `resources` of `planned_values`.
struct ResourceChange {
  private let record: LocatedJSON

  init(_ record: LocatedJSON) { self.record = record }

  /// Where it stands.
  var location: SourceLocation { record.location }

  /// Whether it is a resource that Terraform makes, not a data source.
  var isManaged: Bool { record["mode"]?.text != "data" && record["type"]?.text != nil }

  /// What happens to it; `nil` for a list of words that is not known.
  var action: PlanAction? {
    PlanAction((change?["actions"]?.elements ?? []).compactMap(\.text))
  }

  /// The instance before; `nil` when there is none.
  func before(_ action: PlanAction) -> PlannedResource? {
    guard action != .create, action != .read, let values = change?["before"], !values.isNull else {
      return nil
    }
    return resource(action, values, unknown: nil, sensitive: change?["before_sensitive"])
  }

  /// The instance after; `nil` when there is none.
  func after(_ action: PlanAction) -> PlannedResource? {
    guard ![.delete, .forget, .read].contains(action), deposed == nil, let values = change?["after"] else {
      return nil
    }
    return resource(
      action, values, unknown: change?["after_unknown"], sensitive: change?["after_sensitive"])
  }

  /// The instance of `planned_values`, which leaves out what is unknown.
  var planned: PlannedResource {
    resource(.create, record["values"], unknown: nil, sensitive: record["sensitive_values"])
  }

  /// What is said about an action that nobody knows yet.
  var unknownAction: Diagnostic {
    Diagnostic(
      .warning, slug: "unknown-action",
      "\(address.text): what the plan does to it is not known to relmodel; it is left out",
      at: change?["actions"]?.location ?? location)
  }

  private var change: LocatedJSON? { record["change"] }

  /// The name of an old object that is left of a replacement.
  private var deposed: String? { record["deposed"]?.text }

  private var address: ResourceAddress {
    let type = record["type"]?.text ?? ""
    let name = record["name"]?.text ?? ""
    let text = record["address"]?.text ?? "\(type).\(name)"
    return ResourceAddress(
      text: deposed.map { "\(text) (deposed \($0))" } ?? text,
      module: record["module_address"]?.text ?? ResourceAddress.module(of: text, type: type), type: type,
      name: name, key: key)
  }

  private var key: String? {
    switch record["index"]?.content {
    case .string(let text): "\"\(text)\""
    case .number(let text): text
    default: nil
    }
  }

  private func resource(
    _ action: PlanAction, _ values: LocatedJSON?, unknown: LocatedJSON?, sensitive: LocatedJSON?
  ) -> PlannedResource {
    let address = address
    var attributes: [String: PlanValue] = [:]
    if unknown?.isTrue != true, sensitive?.isTrue != true {
      for name in ResourceMappings.attributes(of: address.type) {
        let value = PlanValue(values?[name], unknown: unknown?[name], sensitive: sensitive?[name])
        if value != .null { attributes[name] = value }
      }
    }
    let hidden: PlanValue? = sensitive?.isTrue == true ? .sensitive : unknown?.isTrue == true ? .unknown : nil
    return PlannedResource(
      address: address, provider: record["provider_name"]?.text ?? "", action: action,
      attributes: hidden ?? .map(attributes), location: record.location)
  }
}

extension LocatedJSON {
  /// Whether it is `null`.
  var isNull: Bool { if case .null = content { true } else { false } }
}

extension ResourceAddress {
  /// The module in front of the type in an address, for plans that do not state it.
  static func module(of text: String, type: String) -> String {
    guard let range = text.range(of: ".\(type).", options: .backwards) else { return "" }
    return String(text[..<range.lowerBound])
  }
}
