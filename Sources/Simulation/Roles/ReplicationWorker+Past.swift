internal import ServiceGraph
internal import Stochastics

extension ReplicationWorker {
  /// Lets roles move through the outages and the planned work before time 0, so that they are where the long run has them;
  /// moves under way then go on.
  mutating func playPast(_ replication: UInt32) {
    guard let past = layout.rolePast else { return }
    var outages: [PastOutage] = []
    for process in layout.timelines.processes {
      guard let key = past.keys[Int(process.number)] else { continue }
      layout.timelines.appendPast(
        of: process, key, since: past.hours, replication: replication, to: &outages)
    }
    outages += planned.past
    let begins = order(of: outages) { $0.start }
    let ends = order(of: outages) { $0.end }.filter { outages[$0].end < 0 }
    var (nextBegin, nextEnd) = (0, 0)
    while true {
      let begin = nextBegin < begins.count ? outages[begins[nextBegin]].start : .max
      let end = nextEnd < ends.count ? outages[ends[nextEnd]].end : .max
      let now = min(begin, end, events.nextTime)
      guard now < 0 else { break }
      // An outage that ends as it begins has to begin first.
      if begin == now, outages[begins[nextBegin]].end == now || end > now && events.nextTime > now {
        beginPast(outages[begins[nextBegin]])
        nextBegin += 1
      } else if end == now {
        endPast(outages[ends[nextEnd]])
        nextEnd += 1
      } else if events.nextTime == now {
        _ = mover.move(events.removeFirst(), units: &units, events: &events)
      } else {
        beginPast(outages[begins[nextBegin]])
        nextBegin += 1
      }
      if mover.unseen > 0 { mover.look(at: now, units, events: &events) }
    }
    mover.carryOver(units)
    for outage in outages where outage.end == 0 {
      for unit in units(of: outage) { units.release(Int(unit)) }
    }
  }

  private func order(of outages: [PastOutage], by time: (PastOutage) -> Int64) -> [Int] {
    outages.indices.sorted {
      let (left, right) = (time(outages[$0]), time(outages[$1]))
      return left != right ? left < right : outages[$0].precedes(outages[$1])
    }
  }

  /// The units that it held down.
  private func units(of outage: PastOutage) -> [Int32] {
    switch outage.cause {
    case .process(let process): facts[Int(process)].units.map { unitList[$0] }
    case .work(let work, let wave): layout.planned.works[work].waves[wave].units
    }
  }

  private mutating func beginPast(_ outage: PastOutage) {
    let list = units(of: outage)
    for unit in list { units.hold(Int(unit)) }
    let (origin, isNoticed) =
      switch outage.cause {
      case .process(let process): (facts[Int(process)].origin, false)
      case .work(let work, let wave): (layout.planned.works[work].waves[wave].origin, true)
      }
    for unit in list where units.downCounts[Int(unit)] == 1 && units.roles[Int(unit)] >= 0 {
      mover.unitWentDown(
        Int(unit), at: outage.start, origin: origin, isNoticed: isNoticed, units: units, events: &events)
    }
  }

  private mutating func endPast(_ outage: PastOutage) {
    let list = units(of: outage)
    for unit in list { units.release(Int(unit)) }
    for unit in list where units.downCounts[Int(unit)] == 0 && units.roles[Int(unit)] >= 0 {
      mover.unitCameBack(Int(unit), at: outage.end, units: units, events: &events)
    }
  }
}

/// The outages and the planned work before time 0 that decide who has roles, laid out for the event loop.
struct RolePastLayout: Sendable {
  /// For each process of the graph that is among them, what keys the stream of its past.
  let keys: [ProcessKey?]
  /// The planned work of the graph that is among them.
  let works: Set<Int>
  let hours: Double

  /// `nil` where roles are where the model puts them.
  init?(_ graph: CompiledGraph, plan: SimulationPlan) {
    guard plan.start == .steady, let past = graph.rolePast else { return nil }
    let own = Set(past.processes)
    keys = graph.processes.indices.map {
      own.contains($0) ? ProcessKey(name: "\(graph.processes[$0].name)#past") : nil
    }
    works = Set(past.works)
    hours = past.hours
  }
}
