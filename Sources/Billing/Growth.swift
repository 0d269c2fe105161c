internal import CloudCost
internal import FoundationEssentials
internal import Quantities
internal import ServiceModel
internal import Stochastics

/// How use grows: everything that a model states as data or events of a month, and data that is kept.
///
/// What is declared as a number of units stays; what autoscaling runs follows the demand.
public struct Growth: Sendable, Hashable {
  /// How much more is used after a year: 0.2 is a fifth. More than −1.
  public let perYear: Double

  /// A growth of use.
  public init(perYear: Double) { self.perYear = perYear }

  /// What use is multiplied by in a month, from 1: (1 + g)^((m − 1) / 12).
  public func factor(month: Int) -> Double {
    perYear == 0 ? 1 : portablePower(1 + perYear, Double(month - 1) / 12)
  }

  /// What use was in a month as a multiple of what it is in another.
  func use(before month: Int) -> @Sendable (Int) -> Decimal {
    guard perYear != 0 else { return { _ in 1 } }
    let now = decimalFactor(month: month)
    return { decimalFactor(month: $0) / now }
  }

  private func decimalFactor(month: Int) -> Decimal {
    Decimal(string: shortest(factor(month: month))) ?? 1
  }

  /// Factors on every number of the costs that grows, by path.
  func factors(for model: Model, month: Int) -> [String: Decimal] {
    let factor = decimalFactor(month: month)
    guard factor != 1 else { return [:] }
    var factors: [String: Decimal] = [:]
    for entry in model.costs.entries {
      for path in Self.growing(entry.kind.fields, in: entry.resource) { factors[path] = factor }
    }
    return factors
  }

  /// The paths of stated keys that grow, also in maps and lists.
  private static func growing(_ fields: [ResourceField], in stated: StatedResource) -> [String] {
    fields.flatMap { field -> [String] in
      guard stated.has(field.key) else { return [] }
      switch field.kind {
      case .size, .rate, .dataRate: return ["\(stated.path)/\(field.key)"]
      case .record(let inner): return stated.part(field.key).map { growing(inner, in: $0) } ?? []
      case .list(let inner): return stated.parts(field.key).flatMap { growing(inner, in: $0) }
      default: return []
      }
    }
  }
}
