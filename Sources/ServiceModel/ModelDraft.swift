public import Diagnostics
public import Quantities
public import Recovery
public import Resilience
public import Stochastics

/// A model as somebody wrote it: every value has its type and its place, and no name is resolved yet.
public struct ModelDraft: Sendable {
  /// The model's name.
  public var name: String
  /// A name for people.
  public var title: String?
  /// The constants behind every result.
  public var conventions = Conventions()
  /// How the observation window of the history is to be read.
  public var historyWindow: TimeSpan?
  /// Regions, zones, pools, nodes.
  public var domains: [DomainDraft] = []
  /// Probes and alert rules: the time to notice, as independent parts in hours.
  public var detectors: [DelayDraft] = []
  /// Response tiers: the time until somebody works on it.
  public var responses: [DelayDraft] = []
  /// Who repairs.
  public var crews: [CrewDraft] = []
  /// How things are recovered.
  public var procedures: [RecoveryPlanDraft] = []
  /// The names of all procedures that are stated, also of those that could not be read.
  public var statedProcedures: Set<String> = []
  /// Connections and threads.
  public var pools: [PoolDraft] = []
  /// Memory and storage.
  public var dataPools: [DataPoolDraft] = []
  /// The parts of the service.
  public var components: [ComponentDraft] = []
  /// Queues of messages.
  public var queues: [QueueDraft] = []
  /// What users call the service.
  public var capabilities: [CapabilityDraft] = []
  /// What is paid for the service as a whole.
  public var costs: [CostDraft] = []
  /// What is promised for years.
  public var commitments: [CommitmentDraft] = []
  /// Levers that a plan may pull.
  public var choices: [ChoiceDraft] = []
  /// What there is only so much of beside money.
  public var limits: [ResourceLimitDraft] = []
  /// Statements to check against what is computed.
  public var claims: [ClaimDraft] = []
  /// The file that was asked for; `nil` when it is changed beside. Claims of other files may be about what it removes.
  public var ownFile: String?
  /// Which prices count.
  public var prices = PricesDraft()
  /// Where the numbers come from.
  public var sources: [SourceNote] = []
  /// What is believed of numbers that are not certain.
  public var uncertainties: [ParameterUncertainty] = []
  /// Whether units must have room where they are at first; a plan of where they could be asks later.
  public var judgesRoom = true
  /// Where the model begins.
  public var location: SourceLocation

  /// An empty draft.
  public init(name: String, location: SourceLocation) {
    self.name = name
    self.location = location
  }
}

/// A domain as written.
public struct DomainDraft: Sendable {
  /// The name.
  public var name: Located<String>
  /// What kind of place it is.
  public var kind: Domain.Kind
  /// The domain it is in.
  public var parent: Located<String>?
  /// The domain whose failure modes it shares.
  public var like: Located<String>?
  /// The nodes of a pool.
  public var nodes: NodesDraft?
  /// The ways in which it fails.
  public var modes: [FailureModeDraft] = []
  /// Work on it on purpose.
  public var planned: [PlannedWorkDraft] = []
  /// What a node has for units, or each node of a pool.
  public var allocatable: Located<ComputeResources>?
  /// What a node is, or each node of a pool.
  public var shape = NodeShapeDraft()
  /// How many nodes of a pool run.
  public var autoscaling: Located<NodeAutoscalingDraft>?
  /// What is paid for it.
  public var costs: [CostDraft] = []

  /// A domain without failure modes.
  public init(name: Located<String>, kind: Domain.Kind) {
    self.name = name
    self.kind = kind
  }
}

/// The nodes of a pool, as written.
public struct NodesDraft: Sendable {
  /// How many.
  public var count: Located<Int>
  /// Whether they are spread over the model's zones, else they are all in the pool's own place.
  public var spreadsOverZones: Bool
  /// The ways in which each of them fails.
  public var modes: [FailureModeDraft]

  /// Nodes of a pool.
  public init(count: Located<Int>, spreadsOverZones: Bool, modes: [FailureModeDraft]) {
    self.count = count
    self.spreadsOverZones = spreadsOverZones
    self.modes = modes
  }
}

/// A named delay as written: a detector or a response tier.
public struct DelayDraft: Sendable {
  /// The name.
  public var name: Located<String>
  /// Its length as a sum of independent parts, in hours.
  public var parts: [any Distribution]
  /// What it is: a probe, a scrape.
  public var look = "stated"
  /// What must be up for a detector to see anything.
  public var needs: [Located<String>] = []
  /// How long until somebody notices while that is down, in hours; `nil`: nobody does.
  public var otherwise: (any Distribution)?
  /// The response tier, where it has hours on call.
  public var tier: ResponseTier?
  /// The crew that responds, and stays for the repair.
  public var crew: Located<String>?

  /// A named delay.
  public init(name: Located<String>, parts: [any Distribution]) {
    self.name = name
    self.parts = parts
  }
}

/// A component as written.
public struct ComponentDraft: Sendable {
  /// The name.
  public var name: Located<String>
  /// A name for people.
  public var title: String?
  /// The domain its units are in unless their placement says otherwise.
  public var domain: Located<String>?
  /// The roles, or the one without a name.
  public var roles: [RoleDraft]
  /// How roles move.
  public var failovers: [FailoverDraft] = []
  /// What it needs.
  public var dependencies: [Dependency<Located<String>>] = []
  /// How long a request takes in it beside its calls, in hours.
  public var work: (any Distribution)?
  /// The ways in which it fails.
  public var modes: [FailureModeDraft] = []
  /// Its spares.
  public var standby: Located<StandbyDraft>?
  /// How its failure rate grows with the load.
  public var loadSharing: Located<LoadSharing>?
  /// The data that it keeps.
  public var data: ComponentDataDraft?
  /// What its recovery has to meet.
  public var objectives: [RecoveryObjective] = []
  /// What it takes and needs to start.
  public var start: Located<StartDraft>?
  /// How long a unit is bound to a node that is down.
  public var reschedule: Located<TimeSpan>?
  /// Work on its units on purpose.
  public var planned: [PlannedWorkDraft] = []
  /// How many of its units planned work leaves up.
  public var disruptionBudget: DisruptionBudget?
  /// How many of its units run.
  public var autoscaling: Located<AutoscalingDraft>?
  /// What each of its units asks of its node.
  public var requests: Located<ComputeResources>?
  /// Where its units may be beside each other.
  public var placement = PlacementDraft()
  /// How much its units matter where there is not room for all.
  public var priority: UnitPriority?
  /// What is paid for it.
  public var costs: [CostDraft] = []

  /// A component with its roles.
  public init(name: Located<String>, roles: [RoleDraft]) {
    self.name = name
    self.roles = roles
  }
}

/// A role as written.
public struct RoleDraft: Sendable {
  /// Where the units are.
  public enum Placement: Sendable {
    /// Nowhere in particular, or where the component says.
    case unstated
    /// All in one domain.
    case domain(Located<String>)
    /// One after the other over the zones, the nodes, or the members of a named domain.
    case spread(over: Located<String>)
    /// One domain for each unit.
    case members([Located<String>])
  }

  /// The name; `nil` for the one role of a component that states none.
  public var name: Located<String>?
  /// How many units.
  public var count: Located<Int>
  /// How many must be up; `nil`: all of them.
  public var required: Located<Int>?
  /// Where they are.
  public var placement: Placement = .unstated

  /// A role.
  public init(name: Located<String>?, count: Located<Int>, required: Located<Int>?) {
    self.name = name
    self.count = count
    self.required = required
  }
}

/// A failover as written.
public struct FailoverDraft: Sendable {
  /// The role that moves.
  public var role: Located<String>
  /// The roles whose units can take it.
  public var candidates: [Located<String>]
  /// How long until the loss is noticed.
  public var detection: Delay?
  /// How long the move takes, in hours.
  public var takes: any Distribution
  /// The probability that it works; `nil`: always.
  public var works: Probability?
  /// How long it takes by hand, in hours.
  public var manual: (any Distribution)?
  /// The data lost, as time.
  public var loses: TimeSpan?
  /// What must be up for it to work.
  public var needs: [Located<String>]

  /// A failover.
  public init(role: Located<String>, candidates: [Located<String>], takes: any Distribution) {
    self.role = role
    self.candidates = candidates
    self.takes = takes
    self.needs = []
  }
}

/// A delay as written: stated here, or by the name of a detector or response tier.
public enum Delay: Sendable {
  /// Stated, in hours.
  case stated(any Distribution)
  /// By name.
  case named(Located<String>)
}

/// A failure mode as written.
public struct FailureModeDraft: Sendable {
  /// How often, as written.
  public enum Frequency: Sendable {
    /// The mean operating time between failures.
    case meanTimeBetweenFailures(TimeSpan)
    /// A law of up times, in hours.
    case lifetime(any Distribution)
    /// The share of time only.
    case availability(Availability)
    /// Never, as a rate of 0 says.
    case never
    /// From the history; whether the outage's length comes from there too.
    case incidents(Located<String>, bindsOutage: Bool)
    /// Whenever too much has been asked for too long.
    case overload(Located<OverloadTrigger>)
  }

  /// How long, as written.
  public enum Length: Sendable {
    /// Not stated.
    case unstated
    /// The whole outage, in hours.
    case lasts(any Distribution)
    /// The whole outage, from the history.
    case incidents(Located<String>)
    /// Its parts.
    case parts(detect: Delay?, respond: Delay?, recover: (any Distribution)?)
  }

  /// The name.
  public var name: Located<String>
  /// What one failure hits.
  public var scope: Located<FailureMode.Scope>?
  /// How often.
  public var frequency: Frequency
  /// The rate before thinning, where the file states one in place of a time between failures.
  public var statedRate: Rate?
  /// The probability that an occasion is a failure, such as a deploy that is bad.
  public var probability: Located<Probability>?
  /// Multiplies the rate.
  public var rateFactor: Located<Double>?
  /// How long.
  public var length: Length
  /// What remains.
  public var effect: FailureMode.Effect = .down
  /// How much of it hits all units at once.
  public var commonCause: Located<CommonCause>?
  /// The crew that its repair needs.
  public var crew: Located<String>?
  /// How urgent the repair is; smaller first.
  public var priority: Located<Int>?
  /// What it does to data.
  public var loses: Located<FailureKind>?
  /// What calls meet meanwhile.
  public var failsBy: CalleeFailure?
  /// Whether what it takes down has to start after it.
  public var restarts = true
  /// Hours of the week in which it happens more often.
  public var season: Located<SeasonDraft>?
  /// Which time it ages by.
  public var clock: Located<FailureMode.Clock>?
  /// Who is to blame for it.
  public var faultOf: FailureMode.Fault?

  /// A failure mode.
  public init(name: Located<String>, frequency: Frequency, length: Length) {
    self.name = name
    self.frequency = frequency
    self.length = length
  }
}

/// A capability as written.
public struct CapabilityDraft: Sendable {
  /// The name.
  public var name: Located<String>
  /// A name for people.
  public var title: String?
  /// What it needs.
  public var dependencies: [Dependency<Located<String>>]
  /// How many healthy units' worth of work it asks of whom.
  public var demands: [(target: Located<String>, units: Double)] = []
  /// How that changes with time.
  public var profile: Located<DemandProfileDraft>?
  /// What is promised.
  public var objectives: [Objective] = []
  /// What its recovery from an outage has to meet.
  public var recoveryObjectives: [RecoveryObjective] = []
  /// How long its requests may take.
  public var latencyObjectives: [LatencyObjective] = []
  /// What an hour without it costs.
  public var downtimeCost: Located<MoneyRate>?
  /// What being without it costs beside that.
  public var downtimeTerms: DowntimeTermsDraft?

  /// A capability.
  public init(name: Located<String>, dependencies: [Dependency<Located<String>>]) {
    self.name = name
    self.dependencies = dependencies
  }
}
