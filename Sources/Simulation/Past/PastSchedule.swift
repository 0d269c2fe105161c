/// The outages before time 0 in the order in which they begin and end, and how many have.
struct PastSchedule {
  /// What happens next.
  enum Step {
    case begins(PastOutage)
    case ends(PastOutage)
  }

  private(set) var outages: [PastOutage] = []
  private var begins: [Int] = []
  private var ends: [Int] = []
  private var nextBegin = 0
  private var nextEnd = 0

  init(_ outages: [PastOutage] = []) {
    self.outages = outages
    begins = PastSchedule.order(of: outages) { $0.start }
    ends = PastSchedule.order(of: outages) { $0.end }.filter { outages[$0].end < 0 }
  }

  private static func order(of outages: [PastOutage], by time: (PastOutage) -> Int64) -> [Int] {
    outages.indices.sorted {
      let (left, right) = (time(outages[$0]), time(outages[$1]))
      return left != right ? left < right : outages[$0].precedes(outages[$1])
    }
  }

  /// Whether any has begun and not ended.
  var isUnderWay: Bool { nextBegin > nextEnd }

  /// Those under way at time 0.
  var underWayAtTime0: [PastOutage] { outages.filter { $0.end == 0 } }

  private var beginTime: Int64 { nextBegin < begins.count ? outages[begins[nextBegin]].start : .max }
  private var endTime: Int64 { nextEnd < ends.count ? outages[ends[nextEnd]].end : .max }

  /// When the next begins or ends.
  var nextTime: Int64 { min(beginTime, endTime) }

  /// What happens at an instant; `nil`: an event that is due. Ends come before events, and these before beginnings, but
  /// an outage that ends as it begins has to begin first.
  mutating func next(at now: Int64, eventIsDue: Bool) -> Step? {
    let isInstant = beginTime == now && outages[begins[nextBegin]].end == now
    if endTime == now, !isInstant {
      nextEnd += 1
      return .ends(outages[ends[nextEnd - 1]])
    }
    guard isInstant || !eventIsDue else { return nil }
    nextBegin += 1
    return .begins(outages[begins[nextBegin - 1]])
  }
}
