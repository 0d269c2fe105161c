internal import Diagnostics
internal import Quantities

extension ModelResolver {
  /// What there is only so much of.
  mutating func resolveLimits() -> [ResourceLimit] {
    draft.limits.compactMap { limit in
      let counted = counted(limit)
      guard let atMost = atMost(limit, counted), let counted else { return nil }
      return ResourceLimit(
        name: limit.name.value, title: limit.title, atMost: atMost, counted: counted,
        location: limit.name.location)
    }
  }

  private mutating func counted(_ limit: ResourceLimitDraft) -> ResourceLimit.Counted? {
    let name = limit.name.value
    guard name == "cpu" || name == "memory" else { return stated(limit) }
    if let other = limit.perUnit.first?.component ?? limit.fixed.first?.use {
      report(
        "counted-already", "limits/\(name): what units request is counted, so nothing is stated beside it",
        at: other.location, help: "state it as requests: of the component, or give the limit another name")
    }
    return name == "cpu" ? .requestedCPU : .requestedMemory
  }

  private mutating func stated(_ limit: ResourceLimitDraft) -> ResourceLimit.Counted? {
    if limit.perUnit.isEmpty, limit.fixed.isEmpty {
      report(
        "limit-without-use", "limits/\(limit.name.value): nothing says what takes some of it",
        at: limit.name.location, help: "per-unit: {\(componentNames.first ?? "api"): 1}")
      return nil
    }
    var amounts: [ResourceLimit.Amount] = []
    for (component, each) in limit.perUnit {
      if let index = componentIndex[component.value] {
        amounts.append(ResourceLimit.Amount(component: index, each: each))
      } else {
        reportUnknown("component", component, among: componentNames)
      }
    }
    return .stated(perUnit: amounts, fixed: limit.fixed.reduce(0) { $0 + $1.amount })
  }

  /// Memory is an amount of data, everything else a number.
  private mutating func atMost(_ limit: ResourceLimitDraft, _ counted: ResourceLimit.Counted?) -> Double? {
    guard let text = limit.atMost else { return nil }
    let isMemory = counted == .requestedMemory
    let value: Double? =
      isMemory
      ? (try? DataSize(parsing: text.value))?.bytes
      : NumberText(prefixOf: Substring(text.value)).flatMap { $0.rest.isEmpty ? $0.double : nil }
    if let value, value >= 0, value.isFinite { return value }
    report(
      "wrong-limit",
      "limits/\(limit.name.value)/at-most: expected \(isMemory ? "an amount of data" : "a number from 0"), found “\(text.value)”",
      at: text.location, help: isMemory ? "at-most: 96 GB" : "at-most: 12")
    return nil
  }
}
