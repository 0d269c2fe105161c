internal import DrawKernels
internal import Stochastics

/// Processes that take turns between an up time and an outage, each made of one draw: a kernel unrolls many side by side.
struct CyclePlan: Sendable {
  /// One process.
  struct Member: Sendable {
    /// Its place among the timelines.
    let place: Int
    let process: Timelines.Process
    /// The laws of its draws of even and of odd number.
    let laws: draw_laws
  }

  let plan: SimulationPlan
  /// The processes whose laws are of the same kinds.
  private(set) var groups: [[Member]] = []

  init(plan: SimulationPlan) { self.plan = plan }

  /// Takes a process in.
  mutating func add(_ place: Int, _ process: Timelines.Process, up: draw_law, down: draw_law) {
    // In the long run a coin comes first, and then up times at odd draws.
    let laws = plan.start == .steady ? draw_laws(even: down, odd: up) : draw_laws(even: up, odd: down)
    let member = Member(place: place, process: process, laws: laws)
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
