internal import ServiceModel
internal import Stochastics

/// A crew in a replication: what it works on, and what waits for it.
///
/// The most urgent repair is begun first; among equals one is drawn. A crew that preempts leaves the least urgent
/// repair for a more urgent one, and goes on with it later where it stopped.
struct CrewQueue {
  /// What a repair is told that needs the crew.
  enum Answer: Equatable {
    case begins
    /// It begins, and this other repair is left.
    case replaces(Int)
    case waits
  }

  private struct Job {
    let process: Int
    let priority: Int
  }

  private let hands: Int
  private let preempts: Bool
  private let key: ProcessKey
  private var stream: RandomStream
  private var busy: [Job] = []
  private var waiting: [Job] = []

  init(_ crew: Crew) {
    hands = crew.count
    preempts = crew.preempts
    key = ProcessKey(name: "\(crew.name)#crew")
    stream = RandomStream(seed: 0, process: key, replication: 0)
  }

  /// Everybody is free.
  mutating func begin(seed: UInt64, replication: UInt32) {
    stream = RandomStream(seed: seed, process: key, replication: replication)
    busy.removeAll(keepingCapacity: true)
    waiting.removeAll(keepingCapacity: true)
  }

  /// A repair needs the crew.
  mutating func ask(_ process: Int, priority: Int) -> Answer {
    let job = Job(process: process, priority: priority)
    if busy.count < hands {
      busy.append(job)
      return .begins
    }
    let lowest = busy.reduce(priority) { max($0, $1.priority) }
    guard preempts, lowest > priority, let place = drawn(from: busy, priority: lowest) else {
      waiting.append(job)
      return .waits
    }
    let left = busy[place]
    busy[place] = job
    waiting.append(left)
    return .replaces(left.process)
  }

  /// A repair is done.
  ///
  /// - Returns: the one that the crew does next, if any waits.
  mutating func finish(_ process: Int) -> Int? {
    busy.removeAll { $0.process == process }
    guard busy.count < hands, let first = waiting.first else { return nil }
    let urgent = waiting.reduce(first.priority) { min($0, $1.priority) }
    guard let place = drawn(from: waiting, priority: urgent) else { return nil }
    let next = waiting.remove(at: place)
    busy.append(next)
    return next.process
  }

  /// The place of one of the jobs with a priority.
  private mutating func drawn(from jobs: [Job], priority: Int) -> Int? {
    let count = jobs.count { $0.priority == priority }
    var rest = count > 1 ? min(count - 1, Int(stream.uniform() * Double(count))) : 0
    for (place, job) in jobs.enumerated() where job.priority == priority {
      if rest == 0 { return place }
      rest -= 1
    }
    return nil
  }
}
