extension ClosedNetwork {
  /// Exact mean value analysis: R(n) = D (1 + Q(n − e)), X(n) = n / (Z + Σ R), Q(n) = Σ X R, over every population n.
  ///
  /// Source: Reiser and Lavenberg, "Mean-value analysis of closed multichain queuing networks", JACM 27 (1980).
  ///
  /// - Complexity: O(stations × classes × populations) time, O(stations × populations) space.
  public func exactAnswer() -> Answer {
    let strides = populationStrides()
    let count = classes.reduce(1) { $0 * ($1.customers + 1) }
    var queues = [Double](repeating: 0, count: count * stations)
    var customers = [Int](repeating: 0, count: classes.count)
    var residence = classes.map { $0.demandHours }
    for population in 0..<count {
      residence = classes.indices.map { index in
        guard customers[index] > 0 else { return classes[index].demandHours.map { _ in 0 } }
        let before = (population - strides[index]) * stations
        return (0..<stations).map { classes[index].demandHours[$0] * (1 + queues[before + $0]) }
      }
      let rates = rates(residence, customers: customers)
      for station in 0..<stations {
        queues[population * stations + station] =
          classes.indices.reduce(0) { $0 + rates[$1] * residence[$1][station] }
      }
      advance(&customers)
    }
    return answer(.exact, residence)
  }

  /// How far apart populations lie that differ by one customer of a class.
  private func populationStrides() -> [Int] {
    var strides: [Int] = []
    var stride = 1
    for item in classes {
      strides.append(stride)
      stride *= item.customers + 1
    }
    return strides
  }

  /// The next population, the first class fastest.
  private func advance(_ customers: inout [Int]) {
    for index in classes.indices {
      if customers[index] < classes[index].customers {
        customers[index] += 1
        return
      }
      customers[index] = 0
    }
  }

  /// Schweitzer's approximation: an arrival of class i sees Σ Qⱼ less Qᵢ / Nᵢ.
  ///
  /// Exact for one customer; else typically within some percent, worst where few customers meet one slow station.
  ///
  /// Source: Schweitzer 1979; Bard 1979, as in Lazowska et al., "Quantitative system performance", 1984, section 6.4.
  public func schweitzerAnswer() -> Answer {
    var queues = classes.map { item in
      [Double](repeating: Double(item.customers) / Double(stations), count: stations)
    }
    var residence = classes.map { $0.demandHours }
    for _ in 0..<100_000 {
      residence = residences(queues)
      let rates = rates(residence, customers: classes.map(\.customers))
      let next = classes.indices.map { index in residence[index].map { $0 * rates[index] } }
      let change = zip(next.joined(), queues.joined()).reduce(0.0) { max($0, abs($1.0 - $1.1)) }
      queues = next
      if change < 1e-12 { break }
    }
    return answer(.schweitzer, residence)
  }

  private func residences(_ queues: [[Double]]) -> [[Double]] {
    let all = (0..<stations).map { station in queues.reduce(0) { $0 + $1[station] } }
    return classes.indices.map { index in
      let item = classes[index]
      guard item.customers > 0 else { return item.demandHours.map { _ in 0 } }
      return (0..<stations).map {
        item.demandHours[$0] * (1 + all[$0] - queues[index][$0] / Double(item.customers))
      }
    }
  }
}
