public import Diagnostics
public import Quantities

/// A consistent model of a service: every name is resolved and every number is in range.
///
/// A value of this type can only be made from a draft that passes every check, so nothing downstream throws.
public struct Model: Sendable {
  /// The model's name.
  public let name: String
  /// A name for people.
  public let title: String?
  /// The constants behind every result.
  public let conventions: Conventions
  /// How the observation window of the incident history is to be read; `nil`: as recorded.
  public let historyWindow: TimeSpan?
  /// The failure domains; a parent comes before its children.
  public let domains: [Domain]
  /// The components, in the order declared.
  public let components: [Component]
  /// Who repairs, in the order declared.
  public let crews: [Crew]
  /// How things are recovered, in the order declared.
  public let procedures: [RecoveryPlan]
  /// The queues, in the order declared.
  public let queues: [Queue]
  /// Pools, and dependencies with policies.
  public let policies: ModelPolicies
  /// The capabilities, in the order declared.
  public let capabilities: [Capability]
  /// Detectors and response tiers, in the order declared.
  public let delays: [NamedDelay]
  /// Where the numbers come from.
  public let sources: [SourceNote]
  /// What is believed of numbers that are not certain, in the order of the file.
  public let uncertainties: [ParameterUncertainty]
  /// What is paid for.
  public let costs: ModelCosts
  /// Levers that a plan may pull, in the order declared.
  public let choices: [Choice]
  /// What there is only so much of beside money, in the order declared; it decides nothing but what a plan may choose.
  public let limits: [ResourceLimit]
  /// What is claimed, to be held against what is computed.
  public let claims: ModelClaims
  /// What a value was taken to be where nothing was stated.
  public let defaults: [DefaultNote]

  init(
    name: String, title: String?, conventions: Conventions, historyWindow: TimeSpan?, domains: [Domain],
    components: [Component], crews: [Crew], procedures: [RecoveryPlan], queues: [Queue],
    policies: ModelPolicies,
    capabilities: [Capability], delays: [NamedDelay],
    sources: [SourceNote],
    uncertainties: [ParameterUncertainty], costs: ModelCosts, choices: [Choice],
    limits: [ResourceLimit], claims: ModelClaims,
    defaults: [DefaultNote]
  ) {
    self.name = name
    self.title = title
    self.conventions = conventions
    self.historyWindow = historyWindow
    self.domains = domains
    self.components = components
    self.crews = crews
    self.procedures = procedures
    self.queues = queues
    self.policies = policies
    self.capabilities = capabilities
    self.delays = delays
    self.sources = sources
    self.uncertainties = uncertainties
    self.costs = costs
    self.choices = choices
    self.limits = limits
    self.claims = claims
    self.defaults = defaults
  }

  /// A target as it is written: `ledger` or `ledger/writer`.
  public func name(of target: Target) -> String {
    let component = components[target.component]
    if let unit = target.unit { return component.units[unit].name }
    guard let role = target.role, let name = component.roles[role].name else { return component.name }
    return "\(component.name)/\(name)"
  }
}

/// Where a number comes from. Notes never affect a number.
public struct SourceNote: Sendable, Hashable {
  /// What the note is about, as a path: `components/api/fails/crash`.
  public let path: String
  /// The note.
  public let text: String
  /// What is stated there, as it was written: `mtbf: 720 h, lasts: 40 s`.
  public let stated: String
  /// Where it was written.
  public let location: SourceLocation

  /// A note about what is at `path`.
  public init(path: String, text: String, stated: String = "", location: SourceLocation) {
    self.path = path
    self.text = text
    self.stated = stated
    self.location = location
  }
}

/// A value that nobody stated.
public struct DefaultNote: Sendable, Hashable {
  /// What it is about: `components/api/replicas/required`.
  public let path: String
  /// What it was taken to be, with the reason.
  public let text: String
}
