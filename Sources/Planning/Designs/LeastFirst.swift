/// Elements of which the least comes out first, equals in the order in which they went in.
struct LeastFirst<Element> {
  private var heap: [(key: Double, number: Int, element: Element)] = []
  private var entered = 0

  var count: Int { heap.count }
  /// The least key; `nil` when there is nothing.
  var leastKey: Double? { heap.first?.key }

  mutating func insert(_ element: Element, at key: Double) {
    heap.append((key, entered, element))
    entered += 1
    var place = heap.count - 1
    while place > 0, comesBefore(place, (place - 1) / 2) {
      heap.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  mutating func popLeast() -> (key: Double, element: Element)? {
    guard let first = heap.first else { return nil }
    let last = heap.removeLast()
    if !heap.isEmpty {
      heap[0] = last
      sink()
    }
    return (first.key, first.element)
  }

  private mutating func sink() {
    var place = 0
    while true {
      let children = [2 * place + 1, 2 * place + 2].filter { $0 < heap.count }
      guard let least = children.min(by: comesBefore), comesBefore(least, place) else { return }
      heap.swapAt(place, least)
      place = least
    }
  }

  private func comesBefore(_ left: Int, _ right: Int) -> Bool {
    (heap[left].key, heap[left].number) < (heap[right].key, heap[right].number)
  }
}
