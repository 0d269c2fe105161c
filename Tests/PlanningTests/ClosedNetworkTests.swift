import Planning
import Testing

@Suite("Closed networks")
struct ClosedNetworkTests {
  private func single(_ demands: [Double], customers: Int, think: Double) throws -> ClosedNetwork {
    try ClosedNetwork([.init(customers: customers, thinkHours: think, demandHours: demands)])
  }

  private static let allen = [
    ClosedNetwork.CustomerClass(customers: 5, thinkHours: 20, demandHours: [0.5, 0.04, 0.06]),
    ClosedNetwork.CustomerClass(customers: 10, thinkHours: 30, demandHours: [0.4, 0.2, 0.3]),
    ClosedNetwork.CustomerClass(customers: 5, thinkHours: 0, demandHours: [1.2, 0.05, 0.06]),
  ]

  @Test("PDQ demo ebiz: X = 92.39452505, R = 0.10823152")
  func ebiz() throws {
    let answer = try single([0.0098, 0.0025, 0.00072, 0.0098], customers: 10, think: 0).answer()
    #expect(answer.method == .exact)
    #expect(isClose(answer.throughputPerHour[0], 92.3945250470446))
    #expect(isClose(answer.responseHours[0], 0.10823152123903762))
  }

  @Test("One customer never waits")
  func trivial() throws {
    let answer = try single([0.5], customers: 1, think: 0.008).answer()
    #expect(isClose(answer.throughputPerHour[0], 1.968503937007874))
  }

  @Test("PDQ demo allen.R, exact (Allen, example 6.3.4)")
  func severalClasses() throws {
    let answer = try ClosedNetwork(Self.allen).answer()
    let expected = [0.209977208033132, 0.2979966447226633, 0.6465102987934682]
    let times = [3.81210821324502, 3.557424813647501, 7.733828849023921]
    let queues = [6.586663955358775, 0.11110854353055216, 0.16278399876813432]
    for index in 0..<3 {
      #expect(isClose(answer.throughputPerHour[index], expected[index]))
      #expect(isClose(answer.responseHours[index], times[index]))
      #expect(isClose(answer.queueLengths[index], queues[index]))
    }
  }

  @Test("Equal classes are one class, in any split", arguments: [(4, 6), (1, 9), (0, 10)])
  func split(_ first: Int, _ second: Int) throws {
    let demands = [0.2, 0.5, 0.1]
    let whole = try single(demands, customers: 10, think: 3).answer()
    let parts = try ClosedNetwork([
      .init(customers: first, thinkHours: 3, demandHours: demands),
      .init(customers: second, thinkHours: 3, demandHours: demands),
    ]).answer()
    #expect(isClose(parts.throughputPerHour.reduce(0, +), whole.throughputPerHour[0]))
  }

  @Test("A balanced network has X = N / (D (N + K − 1))")
  func balanced() throws {
    let answer = try single([2, 2, 2], customers: 7, think: 0).answer()
    #expect(isClose(answer.throughputPerHour[0], 7.0 / (2 * 9)))
  }

  @Test("Schweitzer is exact for one customer, near it for many, and named")
  func schweitzer() throws {
    let one = try single([0.3, 0.7], customers: 1, think: 2)
    #expect(isClose(one.schweitzerAnswer().throughputPerHour[0], one.exactAnswer().throughputPerHour[0]))
    let network = try ClosedNetwork(Self.allen)
    let (near, exact) = (network.schweitzerAnswer(), network.exactAnswer())
    for index in 0..<3 {
      #expect(isClose(near.throughputPerHour[index], exact.throughputPerHour[index], relative: 0.05))
    }
    let many = try ClosedNetwork(
      (0..<4).map { .init(customers: 100 + $0, thinkHours: 10, demandHours: [0.1, 0.2]) })
    #expect(many.answer().method == .schweitzer)
    // The slowest station is all but always busy.
    #expect(isClose(many.answer().throughputPerHour.reduce(0, +) * 0.2, 1, relative: 1e-2))
  }

  @Test("Impossible networks are told")
  func mistakes() {
    #expect(throws: InvalidQuestion.self) { try ClosedNetwork([]) }
    #expect(throws: InvalidQuestion.self) {
      try ClosedNetwork([.init(customers: 3, thinkHours: 0, demandHours: [0, 0])])
    }
  }
}
