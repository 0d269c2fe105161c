internal import Quantities
internal import Stochastics

/// The mean wait of G/G/c from two moments of each law: an approximation between bounds that are proved.
///
/// Wq ≈ (Ca² + Cs²)/2 × Wq of M/M/c, C² the squared coefficient of variation. Exact for M/M/c and M/G/1. Sakasegawa's
/// form takes ρ^(√(2 (c + 1)) − 1) in place of C. Whatever the laws are, the wait lies between the bounds.
///
/// Sources: Allen, "Probability, statistics, and queueing theory", 2nd edition 1990, section 5.3.4; Sakasegawa 1977;
/// Kingman 1962 and 1970 and Brumelle 1971 for the bounds, as in Gross et al. 2008, section 7.1.
public struct GeneralLine: Hashable, Sendable {
  /// The same with exponential laws.
  public let markovian: WaitingLine
  /// The squared coefficient of variation of the time between arrivals.
  public let arrivalVariation: Double
  /// The same of the service.
  public let serviceVariation: Double

  /// The long run, from coefficients of variation (standard deviation over mean); throws what is wrong with them.
  public static func longRun(
    of workload: Workload, arrivalsCV: Double, serviceCV: Double
  ) throws(InvalidQuestion) -> LongRun<GeneralLine> {
    var check = QuestionCheck()
    for (option, value) in [("--cv-arrivals", arrivalsCV), ("--cv-service", serviceCV)] {
      check.require(
        value >= 0 && value <= 1000, "queue-variation", "\(option) is \(value); expected 0 to 1000",
        help: "\(option) 1")
    }
    try check.finish()
    switch WaitingLine.longRun(of: workload) {
    case .grows(let perHour): return .grows(perHour: perHour)
    case .steady(let line):
      return .steady(
        GeneralLine(
          markovian: line, arrivalVariation: arrivalsCV * arrivalsCV, serviceVariation: serviceCV * serviceCV)
      )
    }
  }

  private var workload: Workload { markovian.workload }
  private var serviceHours: Double { workload.service.hours }
  private var servers: Double { Double(workload.servers) }

  /// The mean wait by Allen and Cunneen.
  ///
  /// Worked: 9 an hour of 1 h at 10 servers, Ca² = 0.25 and Cs² = 0.5: 0.25077 h.
  public var meanWaitHours: Double { (arrivalVariation + serviceVariation) / 2 * markovian.meanWaitHours }

  /// The mean wait by Sakasegawa.
  public var sakasegawaWaitHours: Double {
    let power = portablePower(workload.utilization, (2 * (servers + 1)).squareRoot() - 1)
    return (arrivalVariation + serviceVariation) / 2 * power * serviceHours
      / (servers * (1 - workload.utilization))
  }

  /// Whether the approximation is exact: Poisson arrivals, and one server or exponential service.
  public var isExact: Bool { arrivalVariation == 1 && (workload.servers == 1 || serviceVariation == 1) }

  /// No wait is longer with these moments: λ (σa² + σs²/c + (c − 1) s²/c²) / (2 (1 − ρ)) (Kingman 1970).
  public var mostHours: Double {
    let rate = workload.arrivals.perHour
    let ofArrivals = arrivalVariation / (rate * rate)
    let ofService =
      serviceHours * serviceHours * (serviceVariation / servers + (servers - 1) / (servers * servers))
    return meanWaitIfExact ?? rate * (ofArrivals + ofService) / (2 * (1 - workload.utilization))
  }

  /// No wait is shorter: that of one server c times as fast, (ρ² Cs² − ρ (2 − ρ)) / (2 λ (1 − ρ)), less
  /// (c − 1) E[S²] / (2 c s) (Brumelle 1971); 0 where that is negative.
  public var leastHours: Double {
    let (rate, load) = (workload.arrivals.perHour, workload.utilization)
    let fast = (load * load * serviceVariation - load * (2 - load)) / (2 * rate * (1 - load))
    let spread = (servers - 1) * serviceHours * (1 + serviceVariation) / (2 * servers)
    return meanWaitIfExact ?? max(0, max(0, fast) - spread)
  }

  private var meanWaitIfExact: Double? { isExact ? meanWaitHours : nil }
}
