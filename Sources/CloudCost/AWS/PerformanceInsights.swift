internal import Diagnostics
internal import FoundationEssentials

/// Performance Insights of databases: 7 days are kept for nothing, up to 24 months for money.
struct PerformanceInsights {
  /// The keys of a database that state it.
  static let fields: [ResourceField] = [
    ResourceField(
      "performance-insights", .choice(["7-days", "long-term"]),
      "How long Performance Insights keeps its data: 7 days for nothing, or months; 7-days."),
    ResourceField(
      "insights-requests", .rate,
      "Requests to the API of Performance Insights above the first 1,000,000 of a month, which are free.",
      example: "12,345 /month"),
  ]

  let isLongTerm: Bool
  let requests: Decimal?

  /// Reads ``fields``.
  init(_ stated: StatedResource) {
    isLongTerm = stated.text("performance-insights")?.value == "long-term"
    requests = stated.perMonth("insights-requests")
  }

  /// The charges for so many instances of a class.
  func charges(
    for instanceClass: String, instances: Decimal, service: String, in context: ChargeContext
  ) -> [Charge] {
    let family = instanceClass.split(separator: ".").dropFirst().first ?? ""
    let processors = context.vcpu(of: instanceClass, service: service)
    return retention(
      PriceKey(service, "performance-insights/\(family)"), of: instanceClass,
      processors.map { $0 * instances }, unit: "vCPU-month", otherwise: .vcpu(of: instanceClass))
      + requests(service)
  }

  /// The charges for capacity units.
  func charges(capacityUnits: Decimal?, service: String) -> [Charge] {
    retention(
      PriceKey(service, "performance-insights/serverless"), of: "serverless", capacityUnits,
      unit: "ACU-month", otherwise: "acu: 4") + requests(service)
  }

  private func retention(
    _ key: PriceKey, of what: String, _ quantity: Decimal?, unit: String, otherwise: String
  ) -> [Charge] {
    guard isLongTerm else { return [] }
    return [
      Charge(
        "Performance Insights, long-term (\(what))", key, quantity, unit: unit, otherwise: otherwise)
    ]
  }

  private func requests(_ service: String) -> [Charge] {
    guard let requests else { return [] }
    return [
      Charge(
        "Performance Insights requests", .listed(PriceKey(service, "performance-insights-api")),
        .known(requests / 1000), unit: "1k requests")
    ]
  }
}
