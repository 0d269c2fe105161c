extension VariableOrder {
  /// An order improved so that what a gate joins stands close together.
  ///
  /// Leaves and gates stand in a row; each gate pulls itself and its inputs to their common centre, and all are
  /// sorted again, as long as the sum of spans falls. Source: Aloul, Markov and Sakallah, *FORCE* (2003).
  func force(from start: Order, mostRounds: Int = 100) -> Order {
    var place = startPlaces(start)
    var best = start
    var bestSpan = Double.infinity
    var worse = 0
    for _ in 0..<mostRounds {
      let moved = pulled(place)
      let ranked = moved.indices.sorted { (moved[$0], $0) < (moved[$1], $1) }
      for (rank, node) in ranked.enumerated() { place[node] = Double(rank) }
      let span = totalSpan(place)
      if span < bestSpan {
        if span > bestSpan * 0.9999 { worse += 1 }
        bestSpan = span
        best = ranked.filter { $0 < graph.leaves.count }
      } else {
        worse += 1
      }
      if worse > 5 { break }
    }
    return best
  }

  /// Leaves at their ranks, gates in the middle of their inputs.
  private func startPlaces(_ start: Order) -> [Double] {
    var place = [Double](repeating: 0, count: graph.count)
    for (rank, leaf) in start.enumerated() { place[leaf] = Double(rank) }
    for node in graph.leaves.count..<graph.count {
      let inputs = graph.inputs(of: node)
      place[node] = inputs.reduce(0) { $0 + place[Int($1 >> 1)] } / Double(inputs.count)
    }
    return place
  }

  private func pulled(_ place: [Double]) -> [Double] {
    var sum = [Double](repeating: 0, count: graph.count)
    var edges = [Double](repeating: 0, count: graph.count)
    for node in graph.leaves.count..<graph.count {
      let inputs = graph.inputs(of: node)
      var centre = place[node]
      for input in inputs { centre += place[Int(input >> 1)] }
      centre /= Double(inputs.count + 1)
      sum[node] += centre
      edges[node] += 1
      for input in inputs {
        sum[Int(input >> 1)] += centre
        edges[Int(input >> 1)] += 1
      }
    }
    return sum.indices.map { edges[$0] > 0 ? sum[$0] / edges[$0] : place[$0] }
  }

  private func totalSpan(_ place: [Double]) -> Double {
    var total = 0.0
    for node in graph.leaves.count..<graph.count {
      var (low, high) = (place[node], place[node])
      for input in graph.inputs(of: node) {
        low = min(low, place[Int(input >> 1)])
        high = max(high, place[Int(input >> 1)])
      }
      total += high - low
    }
    return total
  }
}
