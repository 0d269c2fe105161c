internal import Stochastics

/// Processes that are unrolled side by side; the outages are those of single draws, to the bit.
extension Timelines {
  func unrollCycles(_ replication: UInt32, _ outages: inout OutageList, _ made: inout StreamDraws) {
    made.cycles.removeAll()
    for group in 0..<made.cycles.groupCount {
      let apart = made.cycles.unroll(group, replication: replication)
      for index in 0..<apart {
        let place = placeOfProcess[made.cycles.processApart(index)]
        unrollApart(processes[place], replication, &outages, &made)
      }
    }
  }

  /// A process that begins in a way that the kernel can not do.
  private func unrollApart(
    _ process: Process, _ replication: UInt32, _ outages: inout OutageList, _ made: inout StreamDraws
  ) {
    if case .inCycles(let laws) = process.way, laws >= 0 {
      return unrollPairsLater(process, laws: laws, replication, &outages, &made)
    }
    unrollAlone(process, replication, &outages)
  }
}
