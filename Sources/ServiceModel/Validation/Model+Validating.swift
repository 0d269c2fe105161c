public import Diagnostics
internal import Quantities
internal import Stochastics

extension Model {
  /// Checks a draft as a whole and resolves its names.
  ///
  /// - Throws: every error found, located, at once.
  public init(validating draft: ModelDraft) throws(Findings) {
    var resolver = ModelResolver(draft: draft)
    let places = resolver.resolveDomains()
    let components = resolver.resolveComponents(in: places)
    let domains = resolver.resolveRestores(of: components, in: places)
    let capabilities = resolver.resolveCapabilities()
    let procedures = resolver.resolveProcedures()
    resolver.checkVolumes()
    resolver.checkDomainLosses(components, domains)
    resolver.checkDrills(components, domains)
    let queues = resolver.resolveQueues()
    let policies = resolver.resolvePolicies(domains, components, capabilities)
    let delays = resolver.resolveDelays()
    resolver.checkAlerts(of: policies.edges, components, domains, delays)
    resolver.checkCycles(components)
    resolver.checkStartCycles(components)
    resolver.checkNodePools(components, domains)
    resolver.checkDemand(on: components, of: capabilities, and: queues)
    let costs = resolver.resolveCosts(components, domains)
    let choices = resolver.resolveChoices()
    let limits = resolver.resolveLimits()
    let claims = resolver.resolveClaims(components, domains)
    let findings = Findings(resolver.findings)
    if findings.hasErrors { throw findings }
    self.init(
      name: draft.name, title: draft.title, conventions: draft.conventions,
      historyWindow: draft.historyWindow, domains: domains, components: components,
      crews: resolver.crews, procedures: procedures, queues: queues, policies: policies,
      capabilities: capabilities, delays: delays, sources: draft.sources,
      uncertainties: draft.uncertainties, costs: costs, choices: choices,
      limits: limits, claims: claims,
      defaults: resolver.defaults)
  }
}

/// Turns names into indices, collecting findings on the way.
struct ModelResolver {
  let draft: ModelDraft
  var findings: [Diagnostic] = []
  var defaults: [DefaultNote] = []
  /// The index of every domain by name, filled by `resolveDomains`.
  var domainIndex: [String: Int] = [:]
  /// The index of every component by name.
  let componentIndex: [String: Int]
  let componentNames: [String]
  let domainNames: [String]
  let detectors: [String: Int]
  let responses: [String: Int]
  /// The modes of places that last as long as a restore of what is in them, by the index of the domain.
  var restoringModes: [Int: [FailureModeDraft]] = [:]
  private var unknownNames = 0
  /// Units and nodes so far.
  var places = 0
  /// The most units and nodes of one model.
  static let placeLimit = 200_000
  /// The index of every crew by name.
  let crewIndex: [String: Int]
  /// What uses each detector and response, by `detector/ready`.
  var delayUsers: [String: [String]] = [:]

  init(draft: ModelDraft) {
    self.draft = draft
    componentNames = draft.components.map(\.name.value)
    domainNames = draft.domains.map(\.name.value)
    componentIndex = ModelResolver.index(componentNames)
    detectors = ModelResolver.index(draft.detectors.map(\.name.value))
    responses = ModelResolver.index(draft.responses.map(\.name.value))
    crewIndex = ModelResolver.index(draft.crews.map(\.name.value))
  }

  private static func index(_ names: [String]) -> [String: Int] {
    Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
  }

  mutating func report(
    _ slug: String, _ message: String, at location: SourceLocation, help: String? = nil
  ) {
    findings.append(Diagnostic(slug: slug, message, at: location, help: help))
  }

  /// Reports a name that nothing bears, with the nearest that something does.
  mutating func reportUnknown(_ kind: String, _ name: Located<String>, among names: [String]) {
    // Suggestions cost names × length² each, so a file full of mistakes gets them for the first only.
    unknownNames += 1
    let suggestion =
      unknownNames > 20 ? nil : nearestName(to: name.value, among: names).map { "did you mean \($0)?" }
    let listing = names.isEmpty ? "the model has none" : "known: \(names.prefix(12).joined(separator: ", "))"
    report(
      "unknown-name", "\(name.value) is no \(kind) of this model; \(listing)", at: name.location,
      help: suggestion)
  }
}
