internal import Diagnostics
internal import FoundationEssentials

/// What passes through a load balancer, as the capacity units that are billed.
///
/// A unit holds so much of each dimension, and the dimension that needs most of them counts, in every hour. From averages
/// this is the least that can be billed: hours with other peaks in other dimensions need more. Protocols of a network load
/// balancer are counted each, as its metrics ConsumedLCUs_TCP, _UDP and _TLS are. (AWS, Elastic Load Balancing pricing, by
/// handbook.vantage.sh/aws/services/elb-pricing; CloudWatch metrics for your Network Load Balancer.)
struct LoadBalancerUse: Sendable {
  /// How much of each dimension one unit holds.
  struct Unit: Sendable {
    let newConnectionsPerSecond: Decimal
    let activeConnections: Decimal

    static func of(kind: String, transport: String) -> Unit {
      switch (kind, transport) {
      case ("nlb", "udp"): Unit(newConnectionsPerSecond: 400, activeConnections: 50_000)
      case ("nlb", "tls"): Unit(newConnectionsPerSecond: 50, activeConnections: 3_000)
      case ("nlb", _): Unit(newConnectionsPerSecond: 800, activeConnections: 100_000)
      case ("gateway", _): Unit(newConnectionsPerSecond: 600, activeConnections: 60_000)
      default: Unit(newConnectionsPerSecond: 25, activeConnections: 3_000)
      }
    }
  }

  /// GB an hour of one unit, to machines and to Lambda functions.
  static let gigabytesPerHour: Decimal = 1
  static let lambdaGigabytesPerHour = Decimal(sign: .plus, exponent: -1, significand: 4)
  static let rulesPerSecond: Decimal = 1000

  /// What is carried: `tcp`, `udp` or `tls` of an nlb.
  let transport: String
  private let unit: Unit
  private let units: Decimal?
  private let knownUnitHours: Decimal?
  private let data: Decimal?
  private let lambdaData: Decimal?
  private let opened: Decimal?
  private let open: Decimal?
  private let evaluations: Decimal?

  /// What is stated of it.
  init(_ stated: StatedResource, kind: String) {
    transport = stated.text("protocol")?.value ?? "tcp"
    unit = Unit.of(kind: kind, transport: transport)
    units = stated.number("lcu")
    knownUnitHours = stated.perMonth("lcu-hours")
    data = stated.gigabytesPerMonth("data")
    lambdaData = stated.gigabytesPerMonth("lambda-data")
    opened = stated.perMonth("new-connections")
    open = stated.number("active-connections")
    evaluations = stated.perMonth("rule-evaluations")
  }

  /// Unit-hours of a month in which it runs for so many hours; `nil` when nothing is stated.
  ///
  /// max(new/s ÷ a, active ÷ b, GB/h ÷ c, evaluations/s ÷ d) × hours; 1,000 GB/month through an alb are 1,000 LCU-hours.
  func unitHours(in hours: Decimal) -> Decimal? {
    if let known = knownUnitHours ?? units.map({ $0 * hours }) { return known }
    return [
      opened.map { $0 / (3600 * unit.newConnectionsPerSecond) },
      open.map { $0 * hours / unit.activeConnections },
      passed,
      evaluations.map { $0 / (3600 * Self.rulesPerSecond) },
    ].compactMap { $0 }.max()
  }

  private var passed: Decimal? {
    guard data != nil || lambdaData != nil else { return nil }
    return (data ?? 0) / Self.gigabytesPerHour + (lambdaData ?? 0) / Self.lambdaGigabytesPerHour
  }
}
