/// Processes that are unrolled side by side; the outages are those of single draws, to the bit.
extension Timelines {
  func unrollCycles(_ replication: UInt32, _ outages: inout OutageList, _ made: inout StreamDraws) {
    made.cycles.removeAll()
    for group in 0..<made.cycles.groupCount {
      let downCount = made.cycles.unroll(group, replication: replication)
      for index in 0..<downCount {
        let process = processes[made.cycles.placeOfDown(index, group: group)]
        unrollFromDown(process, replication, &outages, &made)
      }
    }
  }

  private func unrollFromDown(
    _ process: Process, _ replication: UInt32, _ outages: inout OutageList, _ made: inout StreamDraws
  ) {
    guard case .inCycles(let laws) = process.way, laws >= 0 else {
      return unrollDown(process, replication, &outages)
    }
    unrollPairsLater(process, laws: laws, replication, &outages, &made)
  }
}
