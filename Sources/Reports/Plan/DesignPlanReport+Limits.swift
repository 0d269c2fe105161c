internal import Planning
internal import Quantities
internal import ServiceModel

/// What there is only so much of beside money.
extension DesignPlanReport {
  private var limits: [ResourceLimit] { frame.model.limits }

  var hasLimits: Bool { !limits.isEmpty }

  func limitFacts(_ chosen: DesignPoint) -> [Document.Fact] {
    zip(limits, zip(chosen.uses, plan.present.uses)).map { limit, uses in
      Document.Fact(
        limit.title ?? limit.name, "\(limit.text(uses.0)) of \(limit.text(limit.atMost))",
        ["now \(limit.text(uses.1))"], number: .init(uses.0))
    }
  }

  var limitColumns: [String] { limits.map { "\($0.name) of \($0.text($0.atMost))" } }

  func limitCells(_ point: DesignPoint) -> [Document.Cell] {
    zip(limits, point.uses).map { Document.Cell($0.text($1), number: $1) }
  }

  func limitText(_ resource: Int, _ least: Double) -> String {
    let limit = limits[resource]
    return
      "Impossible within limits/\(limit.name): \(limit.text(least)) are needed at least, \(limit.text(least - limit.atMost)) "
      + "more than at-most: \(limit.text(limit.atMost))."
  }

  func usesJSON(_ point: DesignPoint) -> JSONValue {
    .object(
      Dictionary(
        zip(limits, point.uses).map { limit, use in
          (limit.name, ["value": .number(use), "atMost": .number(limit.atMost)])
        }
      ) { first, _ in first })
  }
}
