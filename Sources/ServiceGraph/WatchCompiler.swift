internal import Diagnostics
internal import ServiceModel

/// Finds the outages that depend on who watches, and what else must be followed to know whether somebody can.
struct WatchCompiler {
  let model: Model
  let processes: [RenewalProcess]
  let origins: [ProcessOrigin]
  private(set) var seeing: [SeeingGate] = []
  private(set) var watched: [WatchedOutage] = []
  /// The detectors that watch calls.
  private let alerting: Set<Int>
  /// Watched processes and those that blind their detectors, one class each, without the `dependent` ones.
  private(set) var group: DependentGroup?

  init(_ compiler: ProcessCompiler) {
    model = compiler.model
    processes = compiler.processes
    origins = compiler.origins
    alerting = Set(compiler.model.policies.edges.compactMap(\.alert?.detector))
  }

  /// Finds them.
  ///
  /// - Parameter dependent: the processes that a simulation follows anyhow.
  /// - Throws: a finding where nothing would ever notice a failure, or where a detector needs a role that moves.
  mutating func compile(_ gates: inout GateCompiler, dependent: Set<Int>) throws(Findings) {
    addSeeingGates(&gates)
    try checkMovingRoles(gates)
    for (number, origin) in origins.enumerated() { add(number, origin.mode) }
    let blinding = blindingProcesses(gates.gates)
    try checkWitnesses(blinding)
    let own = Set(watched.map(\.process)).union(blinding).subtracting(dependent).sorted()
    guard !own.isEmpty else { return }
    group = DependentGroup(
      classes: own.map {
        DependentGroup.FailureClass(processes: [$0], partsBeforeRepair: 0, crew: nil, priority: 1, pool: nil)
      }, pools: [], crews: [])
  }

  private mutating func addSeeingGates(_ gates: inout GateCompiler) {
    for (index, delay) in model.delays.enumerated() where !delay.needs.isEmpty {
      let gate = gates.requirementGate(.atLeast(delay.needs.count, delay.needs.map { .one($0) }))
      seeing.append(
        SeeingGate(detector: index, gate: gate, sharedFate: sharedFate(gate, gates.gates)))
    }
  }

  private mutating func add(_ number: Int, _ mode: FailureMode) {
    guard processes[number].frequencyPerHour != nil,
      case .parts(let detection, let response, _) = mode.outage
    else { return }
    let alert = detection.isEmpty ? nil : mode.detector.flatMap { alerting.contains($0) ? $0 : nil }
    // What blinds an alert keeps it from firing, so that only the alert is watched.
    let gate =
      alert != nil ? nil : mode.detector.flatMap { index in seeing.first { $0.detector == index }?.gate }
    let tier = mode.response.flatMap { model.delays[$0].tier }
    guard (gate != nil || alert != nil) && !detection.isEmpty || tier != nil else { return }
    watched.append(
      WatchedOutage(
        process: number, gate: gate, alert: alert,
        otherwise: mode.detector.flatMap { model.delays[$0].otherwise },
        tier: tier, responseParts: response.count))
  }

  // MARK: What blinds

  /// The processes that hit a unit on which the sight of a detector in use depends.
  private func blindingProcesses(_ gates: [Gate]) -> Set<Int> {
    let used = Set(watched.compactMap(\.gate))
    let units = Set(used.flatMap { gates.units(below: $0) })
    return Set(
      processes.indices.filter { number in
        processes[number].frequencyPerHour != nil && processes[number].takesDown
          && processes[number].units.contains { units.contains($0) }
      })
  }

  /// The processes that alone take a gate down, together with units that it does not need.
  private func sharedFate(_ gate: Int, _ gates: [Gate]) -> [String] {
    let units = gates.units(below: gate)
    var causes: [String] = []
    for process in processes where process.takesDown {
      guard process.units.contains(where: { units.contains($0) }),
        process.units.contains(where: { !units.contains($0) }),
        !gates.isUp(gate, without: Set(process.units))
      else { continue }
      if !causes.contains(process.name) { causes.append(process.name) }
    }
    return causes
  }

  // MARK: What can not be

  private func checkMovingRoles(_ gates: GateCompiler) throws(Findings) {
    for own in seeing {
      guard let role = gates.gates.movingRoles(below: own.gate).first else { continue }
      throw Findings([
        Diagnostic(
          slug: "detector-needs-failover",
          "\(model.delays[own.detector].name) needs \(gates.movingRoles[role].name), a role with failover; that is not "
            + "supported yet", at: nil, help: "needs: a component without failover")
      ])
    }
  }

  /// A failure that may blind a detector must be noticed by something that needs nothing, or nobody ever would.
  private func checkWitnesses(_ blinding: Set<Int>) throws(Findings) {
    var findings: [Diagnostic] = []
    var causes: Set<Int> = []
    for own in watched where own.gate != nil && own.otherwise == nil && blinding.contains(own.process) {
      guard causes.insert(processes[own.process].cause).inserted,
        let detector = origins[own.process].mode.detector
      else { continue }
      findings.append(
        Diagnostic(
          slug: "nobody-notices",
          "\(processes[own.process].name) takes down what a detector needs, and waits itself for "
            + "\(model.delays[detector].name), which needs something; it might never be noticed",
          at: origins[own.process].mode.location, help: "otherwise: 1 h"))
    }
    if !findings.isEmpty { throw Findings(findings) }
  }
}

extension [Gate] {
  /// The units below a gate.
  func units(below gate: Int) -> Set<Int> {
    var units: Set<Int> = []
    for own in reachable(from: gate) { if case .unit(let unit) = self[own] { units.insert(unit) } }
    return units
  }

  /// The moving roles below a gate, ascending.
  func movingRoles(below gate: Int) -> [Int] {
    reachable(from: gate).compactMap { own in
      if case .movingRole(let role, _) = self[own] { role } else { nil }
    }.sorted()
  }

  /// The gates that a gate rests on and itself, ascending: inputs first.
  public func reachable(from gate: Int) -> [Int] {
    var seen = [Bool](repeating: false, count: count)
    var stack = [gate]
    while let next = stack.popLast() {
      if seen[next] { continue }
      seen[next] = true
      switch self[next] {
      case .up, .unit: break
      case .atLeast(_, let inputs): stack += inputs
      case .movingRole(_, let settled): stack.append(settled)
      }
    }
    return indices.filter { seen[$0] }
  }

  /// Whether a gate is up while these units are down and all others up; roles have moved where they can.
  func isUp(_ gate: Int, without down: Set<Int>) -> Bool {
    var state = [Bool](repeating: true, count: count)
    for own in reachable(from: gate) {
      switch self[own] {
      case .up: break
      case .unit(let unit): state[own] = !down.contains(unit)
      case .atLeast(let needed, let inputs): state[own] = inputs.count { state[$0] } >= needed
      case .movingRole(_, let settled): state[own] = state[settled]
      }
    }
    return state[gate]
  }
}
