/// A fixed number of customers of some classes that go round: they think, then pass stations with one server each.
public struct ClosedNetwork: Hashable, Sendable {
  /// One class of customers.
  public struct CustomerClass: Hashable, Sendable {
    /// How many there are.
    public let customers: Int
    /// The mean time between an answer and the next request, in hours.
    public let thinkHours: Double
    /// The time that one round takes at each station, without waiting, in hours.
    public let demandHours: [Double]

    /// A class.
    public init(customers: Int, thinkHours: Double, demandHours: [Double]) {
      (self.customers, self.thinkHours, self.demandHours) = (customers, thinkHours, demandHours)
    }
  }

  /// How the answer was found.
  public enum Method: Hashable, Sendable {
    /// Mean value analysis over every smaller population.
    case exact
    /// Schweitzer's fixed point, which takes the queue that an arrival sees as that of all customers, less its own share.
    case schweitzer
  }

  /// What is found.
  public struct Answer: Hashable, Sendable {
    /// How.
    public let method: Method
    /// Rounds an hour, by class.
    public let throughputPerHour: [Double]
    /// The time from request to answer in hours, by class.
    public let responseHours: [Double]
    /// The mean number at each station.
    public let queueLengths: [Double]
  }

  /// The classes.
  public let classes: [CustomerClass]
  /// How many stations there are.
  public var stations: Int { classes.first?.demandHours.count ?? 0 }

  /// A network; throws everything that is wrong with it.
  public init(_ classes: [CustomerClass]) throws(InvalidQuestion) {
    var check = QuestionCheck()
    let stations = classes.first?.demandHours.count ?? 0
    check.require(stations > 0, "network-empty", "no class or no station; expected one of each", help: nil)
    for (index, item) in classes.enumerated() {
      let name = "class \(index + 1)"
      check.require(
        (0...1_000_000).contains(item.customers), "network-customers",
        "\(name) has \(item.customers) customers; expected 0 to 1,000,000", help: nil)
      check.require(
        item.demandHours.count == stations, "network-stations",
        "\(name) has \(item.demandHours.count) demands, and the first has \(stations)", help: nil)
      check.require(
        item.thinkHours >= 0 && item.thinkHours.isFinite
          && item.demandHours.allSatisfy { $0 >= 0 && $0.isFinite },
        "network-times", "\(name) has a time that is negative or no number", help: nil)
      check.require(
        item.thinkHours + item.demandHours.reduce(0, +) > 0, "network-no-time",
        "\(name) takes no time at all, so its throughput is without bound", help: nil)
    }
    try check.finish()
    self.classes = classes
  }

  /// Populations times stations times classes that are worked through exactly.
  static let mostSteps = 20_000_000.0

  /// Throughput, response and queues: exact where the number of populations allows it, else Schweitzer's approximation.
  public func answer() -> Answer { allowsExactAnswer ? exactAnswer() : schweitzerAnswer() }

  /// Whether the populations are few enough to be worked through.
  public var allowsExactAnswer: Bool {
    let populations = classes.reduce(1.0) { $0 * Double($1.customers + 1) }
    return populations * Double(stations * classes.count) <= ClosedNetwork.mostSteps
  }

  /// Throughput by Little's law: customers over think time and response.
  func rates(_ residence: [[Double]], customers: [Int]) -> [Double] {
    classes.indices.map { index in
      let cycle = classes[index].thinkHours + residence[index].reduce(0, +)
      return customers[index] == 0 ? 0 : Double(customers[index]) / cycle
    }
  }

  func answer(_ method: Method, _ residence: [[Double]]) -> Answer {
    let rates = rates(residence, customers: classes.map(\.customers))
    let queues = (0..<stations).map { station in
      classes.indices.reduce(0) { $0 + rates[$1] * residence[$1][station] }
    }
    return Answer(
      method: method, throughputPerHour: rates, responseHours: residence.map { $0.reduce(0, +) },
      queueLengths: queues)
  }
}
