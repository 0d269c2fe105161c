internal import Diagnostics
internal import FoundationEssentials

/// What a burstable instance pays for running above its baseline for longer than it has earned.
///
/// T3, T3a and T4g start as unlimited, T2 as standard, which never pays (AWS, EC2 user guide, unlimited mode).
struct InstanceCredits: Sendable {
  private static let unlimitedByDefault: Set<String> = ["t3", "t3a", "t4g"]
  private static let burstable = unlimitedByDefault.union(["t2"])

  /// The instance type, `t3.medium`.
  let type: String
  /// vCPU-hours of a month above what it earns; `nil` when nobody stated them.
  let hours: Decimal?
  /// Whether it can pay for any.
  let isUnlimited: Bool

  /// What is stated under `credits:` and `cpu-credits:`; adds findings for types that do not burst.
  init(_ stated: StatedResource, type: String, findings: inout [Diagnostic]) {
    self.type = type
    hours = stated.perMonth("cpu-credits")
    let mode = stated.text("credits")
    let family = Self.family(of: type)
    let canBurst = Self.burstable.contains(family)
    isUnlimited =
      canBurst
      && (mode.map { $0.value == "unlimited" } ?? (hours != nil || Self.unlimitedByDefault.contains(family)))
    guard canBurst else {
      findings += ["credits", "cpu-credits"].compactMap { key in
        stated.text(key).map { Self.doesNotBurst(type, key: key, at: $0.location) }
      }
      return
    }
    if mode?.value == "standard", let extra = stated.text("cpu-credits") {
      findings.append(
        Diagnostic(
          slug: "no-cpu-credits", "with credits: standard, \(type) never pays for cpu-credits:",
          at: extra.location, help: "credits: unlimited"))
    }
  }

  /// The family of a type: `t3` of `t3.medium`.
  static func family(of type: String) -> String { String(type.prefix { $0 != "." }) }

  /// The charge for what is above; `nil` for a type that never pays any.
  func charge(system: String) -> Charge? {
    guard isUnlimited else { return nil }
    let item = "cpu-credits/\(Self.family(of: type))\(system == "windows" ? "/windows" : "")"
    return Charge(
      "CPU credits", PriceKey("ec2", item), hours, unit: "vCPU-hour",
      otherwise: "cpu-credits: 700 /month, or credits: standard")
  }

  private static func doesNotBurst(_ type: String, key: String, at place: SourceLocation) -> Diagnostic {
    Diagnostic(
      slug: "no-cpu-credits", "\(type) does not burst; \(key): is of t2, t3, t3a and t4g only", at: place,
      help: "leave \(key): out")
  }
}
