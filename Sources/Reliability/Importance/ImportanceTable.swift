/// How much each event, and each group of events, matters to one top event.
public struct ImportanceTable: Sendable {
  /// What a row is about.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// A basic event of a fault tree, or processes that hit the same units.
    case event
    /// A unit: every process that hits only it.
    case unit
    /// A component: every process of its own modes, its units' common causes included.
    case component
    /// A cause, `component/mode` or `domain/mode`.
    case cause
    /// A domain: every process of its own modes.
    case domain
  }

  /// The measures of one event or group.
  ///
  /// With P the probability of the top event, P₁ that with all of the row's events true and P₀ with all false.
  public struct Row: Sendable, Hashable {
    /// The name.
    public let name: String
    /// What it is.
    public let kind: Kind
    /// The probability that any of its events is true.
    public let probability: Double
    /// Birnbaum's importance, P₁ − P₀: the probability that the row decides. Source: Birnbaum, *On the importance of
    /// different components in a multicomponent system*, 1969.
    public let birnbaum: Double
    /// Criticality, 1 − P₀ / P for a coherent function, the share of P that goes when it can never be true; for a
    /// single event birnbaum · probability / P. Source: Lambert, *Fault trees for decision making in systems
    /// analysis*, 1975.
    public let criticality: Double
    /// Fussell–Vesely by cut sets: the share that minimal cut sets with one of its events have in the sum of the
    /// probabilities of all of them; `nil` where the sets are too many. Source: Fussell, IEEE Trans. Reliability R-24
    /// (1975), with the rare-event approximation.
    public let fussellVesely: Double?
    /// Risk achievement worth, P₁ / P. Source: Vesely and others, NUREG/CR-3385, 1983.
    public let riskAchievementWorth: Double
    /// Risk reduction worth, P / P₀; `nil` when it is infinite, since nothing is left without it.
    public let riskReductionWorth: Double?
    /// Diagnostic: the probability that one of its events is true, given the top event.
    public let diagnostic: Double
    /// Differential importance for the same absolute change of all probabilities (H1); adds up over events.
    /// Source: Borgonovo and Apostolakis, *A new importance measure for risk-informed decision making*, RESS 72
    /// (2001).
    public let differentialUniform: Double
    /// Differential importance for the same relative change of all probabilities (H2); adds up over events.
    public let differentialProportional: Double
    /// Minutes of top event a year that only its repair would end, (1 − P₀ / P) · P · 525,600.
    public let minutesPerYear: Double
  }

  /// The top event or capability.
  public let name: String
  /// Its probability, P.
  public let probability: Double
  /// The rows: by kind, and in each the largest criticality first, then by name.
  public let rows: [Row]
  /// What is meant by the measures where tools differ.
  public let conventions: [String]

  /// Minutes in a year of 8,760 h.
  public static let minutesPerYear = 525_600.0

  /// The rows of one kind, the largest criticality first.
  public func rows(of kind: Kind) -> [Row] { rows.filter { $0.kind == kind } }
}
