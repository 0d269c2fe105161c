extension ClosedNetwork {
  /// What limits the throughput of one class.
  public struct Bounds: Hashable, Sendable {
    /// The station with the largest demand; the first of several.
    public let bottleneck: Int
    /// The customers from which on the bottleneck and not the round trip limits the throughput, N* = (D + Z) / D of the
    /// bottleneck; `nil` where no station takes time.
    public let knee: Double?
    /// No throughput is higher, rounds an hour: the lesser of 1 / D of the bottleneck and N / (D + Z).
    public let mostPerHour: Double
    /// No throughput is lower: N / (N D + Z), as if everybody waited for everybody.
    public let leastPerHour: Double
    /// The same two from networks whose stations are alike, which are nearer.
    public let balancedMostPerHour: Double
    /// The lower one.
    public let balancedLeastPerHour: Double
  }

  /// The bounds of a network with one class; `nil` for several classes, or without customers.
  ///
  /// Balanced: N / (D + Z + (N − 1) d / (1 + Z / e)), with d = D of the bottleneck and e = N D below, with d = D over the
  /// number of stations that take time and e = D above. Worked: demands of 9.8, 2.5, 0.72 and 9.8 ms and ten customers
  /// that do not think: 90.1 to 102.0 a second, exact 92.4.
  ///
  /// Sources: Denning and Buzen 1978; Zahorjan, Sevcik, Eager and Galler 1982; as in Lazowska et al., "Quantitative
  /// system performance", 1984, chapter 5.
  public func bounds() -> Bounds? {
    guard classes.count == 1, let own = classes.first, own.customers > 0 else { return nil }
    let (customers, think) = (Double(own.customers), own.thinkHours)
    let total = own.demandHours.reduce(0, +)
    let largest = own.demandHours.max() ?? 0
    let busy = Double(own.demandHours.count { $0 > 0 })
    let most = largest > 0 ? min(1 / largest, customers / (total + think)) : customers / think
    func balanced(_ each: Double, _ round: Double) -> Double {
      let waiting = round > 0 ? (customers - 1) * each / (1 + think / round) : 0
      return customers / (total + think + waiting)
    }
    return Bounds(
      bottleneck: own.demandHours.firstIndex(of: largest) ?? 0,
      knee: largest > 0 ? (total + think) / largest : nil, mostPerHour: most,
      leastPerHour: customers / (customers * total + think),
      balancedMostPerHour: min(most, balanced(busy > 0 ? total / busy : 0, total)),
      balancedLeastPerHour: balanced(largest, customers * total))
  }

  /// The same network with other numbers of customers.
  ///
  /// - Parameter customers: one number for each class, at least 0.
  public func with(customers: [Int]) throws(InvalidQuestion) -> ClosedNetwork {
    var changed: [CustomerClass] = []
    for (own, count) in zip(classes, customers) {
      changed.append(
        CustomerClass(customers: count, thinkHours: own.thinkHours, demandHours: own.demandHours))
    }
    return try ClosedNetwork(changed)
  }

  /// The share of time that each station works for each class, X D: by station, then by class.
  public func utilizations(_ answer: Answer) -> [[Double]] {
    (0..<stations).map { station in
      classes.indices.map { answer.throughputPerHour[$0] * classes[$0].demandHours[station] }
    }
  }
}
