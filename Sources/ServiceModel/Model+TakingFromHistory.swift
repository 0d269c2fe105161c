extension Model {
  /// The modes of components whose numbers the model states itself, and that an incident history may replace.
  ///
  /// A mode that is bound already, and one that too much load brings about, are not among them.
  public var statedModes: [ModeReference] {
    components.flatMap { component in
      component.modes.filter(\.isStated).map { ModeReference(component: component.name, mode: $0.name) }
    }
  }

  /// The same model with some stated modes taken from the incident history at run time, as if the file bound them: how
  /// often, and how long where the model states that in one number. Detection, response and recovery that are stated
  /// apart stay, as a history does not tell them apart.
  ///
  /// What the model states to be uncertain of a mode that is taken from the history goes with the number it is about.
  ///
  /// - Parameter references: of ``statedModes``; what is not among them changes nothing.
  public func takingFromHistory(_ references: Set<ModeReference>) -> Model {
    let taken = references.intersection(statedModes)
    guard !taken.isEmpty else { return self }
    let changed = components.map { component in
      component.replacing(
        modes: component.modes.map { mode in
          let reference = ModeReference(component: component.name, mode: mode.name)
          return taken.contains(reference) ? mode.taken(from: reference) : mode
        })
    }
    let paths = taken.map { "components/\($0.component)/fails/\($0.mode)/" }
    let kept = uncertainties.filter { stated in !paths.contains { stated.path.hasPrefix($0) } }
    return replacing(components: changed, uncertainties: kept)
  }
}

extension FailureMode {
  fileprivate var isStated: Bool {
    if case .incidents = outage { return false }
    switch occurrence {
    case .meanTimeBetweenFailures, .lifetime, .availability: return true
    case .incidents, .neverSeen, .overload: return false
    }
  }

  fileprivate func taken(from reference: ModeReference) -> FailureMode {
    let length: Outage =
      if case .parts = outage { outage } else { .incidents(reference) }
    return replacing(occurrence: .incidents(reference, factor: 1), outage: length, keepsRate: false)
  }

  /// The same mode, how often and how long changed.
  ///
  /// - Parameter keepsRate: whether how often is still what the file's rate says.
  func replacing(occurrence: Occurrence, outage: Outage, keepsRate: Bool = true) -> FailureMode {
    FailureMode(
      name: name, location: location, scope: scope, occurrence: occurrence,
      statedRate: keepsRate ? statedRate : nil,
      outage: outage, effect: effect, commonCause: commonCause, crew: crew, loses: loses, failsBy: failsBy,
      restarts: restarts, season: season, clock: clock, faultOf: faultOf, detector: detector,
      response: response)
  }
}
