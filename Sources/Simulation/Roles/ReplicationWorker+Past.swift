internal import ServiceGraph
internal import Stochastics

extension ReplicationWorker {
  /// Lets roles move through the outages before time 0, so that they are where the long run has them; moves under way then
  /// go on.
  mutating func playPast(_ replication: UInt32) {
    guard let past = layout.rolePast else { return }
    var outages: [PastOutage] = []
    for process in layout.timelines.processes {
      guard let key = past.keys[Int(process.number)] else { continue }
      layout.timelines.appendPast(
        of: process, key, since: past.hours, replication: replication, to: &outages)
    }
    let begins = outages.indices.sorted {
      (outages[$0].start, outages[$0].process) < (outages[$1].start, outages[$1].process)
    }
    let ends = outages.indices.filter { outages[$0].end < 0 }
      .sorted { (outages[$0].end, outages[$0].process) < (outages[$1].end, outages[$1].process) }
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
      for place in facts[Int(outage.process)].units { units.release(Int(unitList[place])) }
    }
  }

  private mutating func beginPast(_ outage: PastOutage) {
    let facts = facts[Int(outage.process)]
    hold(facts, isUnnoticed: false)
    guard facts.touchesMovingRole else { return }
    for place in facts.units {
      let unit = Int(unitList[place])
      guard units.downCounts[unit] == 1, units.roles[unit] >= 0 else { continue }
      mover.unitWentDown(unit, at: outage.start, origin: facts.origin, units: units, events: &events)
    }
  }

  private mutating func endPast(_ outage: PastOutage) {
    let facts = facts[Int(outage.process)]
    for place in facts.units { units.release(Int(unitList[place])) }
    guard facts.touchesMovingRole else { return }
    for place in facts.units {
      let unit = Int(unitList[place])
      guard units.downCounts[unit] == 0, units.roles[unit] >= 0 else { continue }
      mover.unitCameBack(unit, at: outage.end, units: units, events: &events)
    }
  }
}

/// The outages before time 0 that decide who has roles, laid out for the event loop.
struct RolePastLayout: Sendable {
  /// For each process of the graph that is among them, what keys the stream of its past.
  let keys: [ProcessKey?]
  let hours: Double

  /// `nil` where roles are where the model puts them.
  init?(_ graph: CompiledGraph, plan: SimulationPlan) {
    guard plan.start == .steady, let past = graph.rolePast else { return nil }
    let own = Set(past.processes)
    keys = graph.processes.indices.map {
      own.contains($0) ? ProcessKey(name: "\(graph.processes[$0].name)#past") : nil
    }
    hours = past.hours
  }
}
