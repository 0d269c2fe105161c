internal import Quantities
internal import Stochastics

/// The long run of a bounded pool of threads as `java.util.concurrent.ThreadPoolExecutor` has it: work takes one of the core
/// threads, else a place in the queue, else a further thread up to the most, else the overflow rule.
///
/// Poisson arrivals, exponential service; with n inside, min(n, core) threads run until the queue is full, and n − places from
/// then on. A further thread is taken to leave as soon as it is not needed; a real one first empties the queue and stays for its
/// keep-alive time, so real waits are no longer. With as many core threads as threads this is M/M/c/K.
///
/// Source: birth and death, Gross et al. 2008, section 2.2; the rule of the threads: the Java platform's documentation.
public struct ExecutorLine: Hashable, Sendable {
  /// What is asked; its servers are all threads.
  public let workload: Workload
  /// Threads that run before work queues.
  public let core: Int
  /// Places in the queue.
  public let places: Int
  /// The share of work that finds threads and queue full.
  public let overflowShare: Double
  /// The mean number of threads that run.
  public let meanBusy: Double
  /// The mean number that wait.
  public let meanWaiting: Double

  /// The long run; throws everything that is wrong with core threads and places.
  ///
  /// - Complexity: O(threads + places).
  public init(_ workload: Workload, core: Int, places: Int) throws(InvalidQuestion) {
    var check = QuestionCheck()
    check.require(
      (1...workload.servers).contains(core), "queue-core",
      "\(core) core threads of \(workload.servers); expected 1 to \(workload.servers)",
      help: "--core \(workload.servers)")
    check.require(
      (0...10_000_000).contains(places), "queue-buffer", "\(places) places; expected 0 to 10,000,000",
      help: "--buffer 100")
    try check.finish()
    (self.workload, self.core, self.places) = (workload, core, places)
    let (threads, offered) = (workload.servers, workload.offered)
    var sums = StateSums()
    sums.add(1, busy: 0, waiting: 0)
    for inside in 1...(threads + places) {
      let busy = inside <= core + places ? min(inside, core) : inside - places
      sums.step(offered / Double(busy))
      sums.add(1, busy: Double(busy), waiting: Double(inside - busy))
    }
    overflowShare = sums.weight / sums.total
    meanBusy = sums.busy / sums.total
    meanWaiting = sums.waiting / sums.total
  }

  /// Work an hour that threads of the pool do.
  public var acceptedPerHour: Double { workload.arrivals.perHour * (1 - overflowShare) }

  /// The mean wait of work that gets in (Little).
  public var meanWaitHours: Double { acceptedPerHour > 0 ? meanWaiting / acceptedPerHour : 0 }
}

/// Sums over the states of a birth and death process, each state's weight from the one before; kept small enough to add up.
struct StateSums {
  private(set) var weight = 1.0
  private(set) var total = 0.0
  private(set) var busy = 0.0
  private(set) var waiting = 0.0

  /// Goes on to the next state, whose weight is a multiple of this one's.
  mutating func step(_ ratio: Double) {
    weight *= ratio
    guard weight > 1e200 else { return }
    for part in [\StateSums.total, \.busy, \.waiting, \.weight] { self[keyPath: part] *= 1e-200 }
  }

  /// Counts the present state.
  mutating func add(_ share: Double, busy: Double, waiting: Double) {
    total += share * weight
    self.busy += share * weight * busy
    self.waiting += share * weight * waiting
  }
}
