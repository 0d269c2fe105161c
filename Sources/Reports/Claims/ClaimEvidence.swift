public import Billing
public import Economics
public import IncidentHistory
public import Reliability
public import ServiceModel
public import Simulation

/// What engines have found of a model, as far as its claims ask for it.
public struct ClaimEvidence: Sendable {
  /// What an engine found, or why it was not asked or has no answer.
  public enum Finding<Value: Sendable>: Sendable {
    /// An answer.
    case found(Value)
    /// None, and why.
    case missing(String)

    /// The answer.
    var value: Value? {
      if case .found(let value) = self { value } else { nil }
    }
  }

  /// Which incidents of a history.
  public struct Scope: Sendable, Hashable {
    /// Of one component.
    public let component: String?
    /// Of one mode.
    public let mode: String?

    /// Incidents of a component or mode; of all.
    public init(component: String?, mode: String?) { (self.component, self.mode) = (component, mode) }
  }

  /// The exact long run.
  public var exact: Finding<[SteadyStateResult]> = .missing("it was not solved")
  /// For each capability, the interval that few incidents deserve.
  public var intervals: [HistoryInterval?] = []
  /// The results at the ends of these intervals, one for each capability; empty where no incidents are bound.
  public var ends: [HistoryEnds] = []
  /// The simulation.
  public var simulation: Finding<SimulationResult> = .missing("it was not simulated")
  /// The bill.
  public var bill: Finding<Bill> = .missing("there is no bill")
  /// The bill of the base.
  public var baseBill: Finding<Bill> = .missing(ClaimEvidence.noBase)
  /// What the change from the base costs once; `nil` where nothing says.
  public var once: Double?
  /// The currency of the change as an investment.
  public var currency: String?
  /// The change as an investment, by the capability whose downtime counts; `nil`: all that state a price.
  public var options: [Int?: Finding<OptionReturn>] = [:]
  /// The incident history, by what it is asked of.
  public var history: [Scope: Finding<IncidentStatistics>] = [:]
  /// The drills on record.
  public var drills: Finding<[Drill]> = .missing(ClaimEvidence.noHistory)
  /// What is worth saying about how this was found.
  public var notes: [String] = []

  /// No evidence yet.
  public init() {}

  /// Why nothing is said of a change.
  public static let noBase =
    "the model extends nothing that it could be held against; name its base: --base FILE"

  /// Why the history says nothing when none is named.
  public static let noHistory = "it is asked of the incident history, and none was named: --db FILE"
}

/// Which engines the claims of a model need.
public struct ClaimNeeds: OptionSet, Sendable, Hashable {
  /// The bits.
  public let rawValue: Int

  /// Needs by their bits.
  public init(rawValue: Int) { self.rawValue = rawValue }

  /// The exact long run.
  public static let exact = ClaimNeeds(rawValue: 1)
  /// How often the capabilities go down, with the interval that few incidents deserve.
  public static let frequencies = ClaimNeeds(rawValue: 2)
  /// What only a simulation says.
  public static let simulation = ClaimNeeds(rawValue: 4)
  /// The bill.
  public static let bill = ClaimNeeds(rawValue: 8)
  /// The bill of the base.
  public static let baseBill = ClaimNeeds(rawValue: 16)
  /// The change as an investment.
  public static let option = ClaimNeeds(rawValue: 32)
  /// The incident history.
  public static let history = ClaimNeeds(rawValue: 64)
  /// The drills on record.
  public static let drills = ClaimNeeds(rawValue: 128)

  /// What something that is computed needs.
  public init(of measure: ClaimMeasure) {
    switch measure.subject {
    case .capability:
      switch measure.word {
      case .downtimeCost: self = .simulation
      case .outages, .mtbf, .mttr: self = [.exact, .frequencies]
      case .left, .recovery, .singlePoints: self = []
      default: self = .exact
      }
    case .objective: self = .simulation
    case .part, .cause, .procedure, .delay: self = []
    case .bill: self = [.increase, .growth, .once].contains(measure.word) ? [.bill, .baseBill] : .bill
    case .billed: self = .bill
    case .option: self = .option
    case .history: self = .history
    case .drill: self = .drills
    }
  }

  /// What a model's claims need together.
  public init(of claims: ModelClaims) {
    self = ClaimNeeds(claims.measures.map { ClaimNeeds(of: $0) })
  }
}

extension ModelClaims {
  /// Everything computed that a claim is of, in the order of the claims.
  public var measures: [ClaimMeasure] { all.flatMap { $0.term?.measures ?? [] } }
}
