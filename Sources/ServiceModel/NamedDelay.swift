public import Recovery
public import Stochastics

/// A detector or a response tier.
public struct NamedDelay: Sendable {
  /// What a delay is for.
  public enum Kind: String, Sendable, Hashable {
    /// Until a failure is noticed.
    case detector
    /// Until somebody works on it.
    case response
  }

  /// Its name.
  public let name: String
  /// What it is for.
  public let kind: Kind
  /// What it is: a probe, a scrape, stated.
  public let look: String
  /// Its length as a sum of independent parts, in hours; of a response with hours on call over the week.
  public let parts: [any Distribution]
  /// What must be up for a detector to see anything.
  public let needs: [Target]
  /// How long until somebody notices while what it needs is down, in hours; `nil`: nobody does.
  public let otherwise: (any Distribution)?
  /// The tier, where it has hours on call.
  public let tier: ResponseTier?
  /// The crew that responds, as an index into the model's crews; `nil`: somebody always can.
  public let crew: Int?
  /// The failure modes, failovers and spares that use it, in the order declared: `api/crash`.
  public let users: [String]

  /// Whether anything uses it.
  public var isUsed: Bool { !users.isEmpty }

  /// Its mean length in hours.
  public var meanHours: Double { parts.reduce(0) { $0 + $1.mean } }

  /// The law of its length in hours.
  public var law: OutcomeLaw {
    OutcomeLaw(sumOf: parts, plan: SamplingPlan(), name: "\(kind.rawValue)/\(name)")
  }
}

extension Model {
  /// The detectors that need something, each as a capability of a model with the same parts: what is asked is whether
  /// they can see; `nil` when none needs anything.
  public var ofDetectors: Model? {
    let capabilities = delays.filter { !$0.needs.isEmpty }.map { detector in
      Capability(
        name: detector.name, title: nil,
        dependencies: detector.needs.map {
          Dependency(label: name(of: $0), requirement: .one($0), strength: .hard)
        },
        demands: [], profile: nil, objectives: [], recoveryObjectives: [], latencyObjectives: [],
        downtimeCost: nil,
        downtimeTerms: nil)
    }
    guard !capabilities.isEmpty else { return nil }
    return Model(
      name: name, title: title, conventions: conventions, historyWindow: historyWindow, domains: domains,
      components: components, crews: crews, procedures: procedures, queues: [],
      policies: ModelPolicies(pools: [], dataPools: [], edges: []), capabilities: capabilities,
      delays: delays,
      sources: sources, uncertainties: uncertainties, costs: .none, choices: [], limits: [], claims: .none,
      defaults: defaults)
  }
}
