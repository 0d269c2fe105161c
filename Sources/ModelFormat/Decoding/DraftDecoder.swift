internal import Diagnostics
internal import FoundationEssentials
internal import Quantities
internal import ServiceModel
internal import Stochastics

/// Turns a declaration that has passed the grammar check into a typed draft.
struct DraftDecoder {
  var laws = DistributionDecoder()
  var detectorNames: Set<String> = []
  var responseNames: Set<String> = []
  /// The currency that the conventions state; `nil` when they state none.
  var currency: String?
  /// Laws of procedures that were worked out before.
  var known: ProcedureLaws?

  /// The draft of a whole model.
  mutating func draft(_ declaration: Declaration) -> ModelDraft {
    let model = Reading(declaration)
    detectorNames = Set(model["detectors"]?.entries.map(\.name.value) ?? [])
    responseNames = Set(model["responses"]?.entries.map(\.name.value) ?? [])
    currency = model["conventions"]?["currency"]?.text
    var draft = ModelDraft(name: model["name"]?.text ?? "", location: declaration.location)
    draft.title = model["title"]?.text
    draft.conventions = conventions(model["conventions"])
    draft.historyWindow = model["history"]?["window"]?.duration
    draft.prices = prices(model["prices"])
    draft.costs = costs(model["costs"], at: "costs")
    draft.commitments = model["commitments"]?.entries.compactMap { commitment($0.name, $0.value) } ?? []
    draft.procedures = procedures(model["procedures"])
    draft.statedProcedures = laws.statedProcedures
    addLaws(of: draft.procedures, in: declaration)
    draft.domains = model["domains"]?.entries.map { domain($0.name, $0.value) } ?? []
    draft.detectors = model["detectors"]?.entries.map { detector($0.name, $0.value) } ?? []
    draft.responses = model["responses"]?.entries.map { response($0.name, $0.value) } ?? []
    draft.crews = model["crews"]?.entries.compactMap { crew($0.name, $0.value) } ?? []
    draft.pools = pools(model["pools"])
    draft.dataPools = dataPools(model["pools"])
    draft.components = model["components"]?.entries.map { component($0.name, $0.value) } ?? []
    draft.queues = model["queues"]?.entries.compactMap { queue($0.name, $0.value) } ?? []
    draft.capabilities = model["capabilities"]?.entries.map { capability($0.name, $0.value) } ?? []
    draft.choices = choices(model["choices"], in: declaration)
    draft.limits = limits(model["limits"])
    for place in draft.procedures.indices {
      draft.procedures[place].isUsed = laws.usedProcedures.contains(draft.procedures[place].name.value)
    }
    draft.claims = claims(model)
    draft.sources = sourceNotes(in: declaration)
    draft.uncertainties = uncertainties(in: declaration.without("choices"))
    return draft
  }

  private func conventions(_ reading: Reading?) -> Conventions {
    var conventions = Conventions()
    conventions.hoursPerMonth = reading?["hours-per-month"]?.number ?? conventions.hoursPerMonth
    conventions.hoursPerYear = reading?["hours-per-year"]?.number ?? conventions.hoursPerYear
    conventions.currency = reading?["currency"]?.text ?? conventions.currency
    conventions.gigabytesPerTerabyte = reading?["gb-per-tb"]?.number ?? conventions.gigabytesPerTerabyte
    return conventions
  }

  private mutating func domain(_ name: Located<String>, _ reading: Reading) -> DomainDraft {
    let kind = reading["kind"]?.text.flatMap(Domain.Kind.init) ?? .zone
    var draft = DomainDraft(name: name, kind: kind)
    draft.parent = reading["in"]?.locatedText
    draft.like = reading["like"]?.locatedText
    draft.modes = modes(reading["fails"])
    draft.planned = planned(reading["planned"])
    draft.costs = costs(reading["costs"], at: "domains/\(name.value)/costs")
    draft.allocatable = resources(reading["allocatable"])
    draft.shape = shape(of: reading)
    draft.autoscaling = nodeAutoscaling(reading["autoscaling"])
    if let nodes = reading["nodes"], let count = nodes["count"]?.integer {
      draft.nodes = NodesDraft(
        count: count, spreadsOverZones: nodes["spread"] != nil,
        modes: modes(nodes["fails"]) + interruptions(reading["costs"]))
    } else {
      draft.modes += interruptions(reading["costs"])
    }
    return draft
  }

  /// Every note about a source, with the path of what it is about.
  private func sourceNotes(in declaration: Declaration) -> [SourceNote] {
    var notes: [SourceNote] = []
    var pending: [(path: [String], declaration: Declaration)] = [([], declaration)]
    while let (path, next) = pending.popLast() {
      for entry in next.entries ?? [] {
        if entry.key.value == "source", let text = Reading(entry.value).text {
          notes.append(
            SourceNote(
              path: path.joined(separator: "/"), text: text, stated: path.isEmpty ? "" : next.statedText,
              location: entry.value.location))
        } else {
          pending.append((path + [entry.key.value], entry.value))
        }
      }
      for item in next.items ?? [] { pending.append((path, item)) }
    }
    return notes.sorted { ($0.location, $0.path) < ($1.location, $1.path) }
  }
}
