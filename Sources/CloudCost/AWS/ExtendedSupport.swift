internal import Diagnostics
internal import FoundationEssentials
internal import Quantities

/// What AWS charges for keeping a major version of an engine that its community no longer keeps.
///
/// It begins the day after standard support ends and rises after two years (Amazon RDS and Aurora, release calendars
/// and “Amazon RDS Extended Support charges”); standbys are charged as well.
struct ExtendedSupport {
  /// What a vCPU-hour of it is charged as.
  enum Rate: String {
    case firstYears = "year-1-2"
    case thirdYear = "year-3"

    var title: String { self == .firstYears ? "years 1 and 2" : "year 3" }
  }

  /// What is known about the charge.
  private enum Verdict {
    case none
    case charged(Rate)
    /// It depends on what is not known; the text would decide it.
    case undecided(String)
  }

  /// The keys of a database that state it.
  static let fields: [ResourceField] = [
    ResourceField(
      "version", .text,
      "The engine's version, which decides with the date of the prices whether it is in extended support; one in standard support.",
      example: "\"12.22\""),
    ResourceField(
      "extended-support", .choice(["none", "year-1", "year-2", "year-3"]),
      "The year of extended support that it is in; what version: says."),
  ]

  let calendar: SupportCalendar
  let version: String?
  let stated: String?

  /// Reads ``fields``; adds a finding for a version that is none, and for support of an engine that has none.
  init(
    _ stated: StatedResource, calendar: SupportCalendar, engine: String, findings: inout [Diagnostic]
  ) {
    self.calendar = calendar
    self.stated = stated.text("extended-support")?.value
    version = stated.text("version")?.value
    stated.refuse("extended-support", unless: !calendar.versions.isEmpty, of: engine, findings: &findings)
    guard let version = stated.text("version"), version.value.first?.isNumber != true else { return }
    findings.append(
      Diagnostic(
        slug: "unknown-version", "“\(version.value)” is no version of \(engine)", at: version.location,
        help: calendar.versions.last.map { "version: \"\($0.version)\"" }))
  }

  /// The charge for so many instances of a class; `nil` when there is none.
  func charge(
    for instanceClass: String, instances: Decimal, service: String, in context: ChargeContext
  ) -> Charge? {
    let processors = context.vcpu(of: instanceClass, service: service)
    return charge(
      processors.map { $0 * instances * context.hours }, per: "", unit: "vCPU-hour", service: service,
      otherwise: .vcpu(of: instanceClass), in: context)
  }

  /// The charge for capacity units that are used; `nil` when there is none.
  func charge(capacityUnitHours: Decimal?, service: String, in context: ChargeContext) -> Charge? {
    charge(
      capacityUnitHours, per: "acu/", unit: "ACU-hour", service: service, otherwise: "acu: 4", in: context)
  }

  private func charge(
    _ quantity: Decimal?, per kind: String, unit: String, service: String, otherwise: String,
    in context: ChargeContext
  ) -> Charge? {
    func charge(_ rate: Rate, _ quantity: Charge.Quantity) -> Charge {
      Charge(
        "Extended support (\(rate.title))",
        .listed(PriceKey(service, "extended-support/\(kind)\(rate.rawValue)")), quantity, unit: unit)
    }
    switch verdict(on: context.book.day) {
    case .none: return nil
    case .charged(let rate): return charge(rate, quantity.map { .known($0) } ?? .unstated(otherwise))
    case .undecided(let what): return charge(.firstYears, .unstated(what))
    }
  }

  private func verdict(on day: String?) -> Verdict {
    switch stated {
    case "none": return .none
    case "year-1", "year-2": return .charged(.firstYears)
    case "year-3": return .charged(.thirdYear)
    default: break
    }
    guard let version else { return .none }
    switch calendar.match(version) {
    case .none: return .none
    case .ambiguous(let one): return .undecided("version: \"\(one)\"")
    case .found(let found):
      guard let day else { return .undecided("extended-support: year-1") }
      return found.rate(on: day).map { .charged($0) } ?? .none
    }
  }
}

extension String {
  /// What would state the processors of an instance class.
  static func vcpu(of instanceClass: String) -> String {
    "a price book with the vCPUs of \(instanceClass) in its classes.csv"
  }
}
