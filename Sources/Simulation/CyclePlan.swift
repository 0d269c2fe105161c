internal import DrawKernels
internal import Stochastics

/// Processes that take turns between an up time and an outage, each made of one draw: a kernel unrolls many side by side.
struct CyclePlan: Sendable {
  /// One process.
  struct Member: Sendable {
    let process: Timelines.Process
    /// The laws of its draws of even and of odd number: of up times and of outages.
    let laws: draw_laws
    /// The place of the table of what is left of an up time, or −1.
    let table: Int
  }

  let plan: SimulationPlan
  /// The processes whose laws are of the same kinds.
  private(set) var groups: [[Member]] = []
  /// What is left of Weibull up times.
  private(set) var tables: [WeibullResidual] = []

  init(plan: SimulationPlan) { self.plan = plan }

  /// Takes a process in.
  mutating func add(
    _ process: Timelines.Process, up: draw_law, down: draw_law, _ residuals: ResidualTables
  ) {
    let laws = draw_laws(even: up, odd: down)
    tables = residuals.tables
    let table = if case .weibull(let place) = process.start.rest { place } else { -1 }
    let member = Member(process: process, laws: laws, table: table)
    if let group = groups.firstIndex(where: { $0[0].laws.isSameKind(as: laws) }) {
      groups[group].append(member)
    } else {
      groups.append([member])
    }
  }
}

extension draw_laws {
  fileprivate func isSameKind(as other: draw_laws) -> Bool {
    even.kind == other.even.kind && odd.kind == other.odd.kind
  }
}
