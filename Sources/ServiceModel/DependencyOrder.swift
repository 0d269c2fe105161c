/// An order in which every component comes after those that it needs.
package enum DependencyOrder {
  /// Depth first, by an explicit stack, so that a long chain of needs is no matter.
  ///
  /// - Parameter needs: for each component, the components that it needs, without a cycle.
  package static func order(of needs: [[Int]]) -> [Int] {
    var order: [Int] = []
    var entered = [Bool](repeating: false, count: needs.count)
    for start in needs.indices where !entered[start] {
      entered[start] = true
      var stack = [(component: start, next: 0)]
      while let (component, next) = stack.last {
        guard next < needs[component].count else {
          order.append(component)
          stack.removeLast()
          continue
        }
        stack[stack.count - 1].next += 1
        let need = needs[component][next]
        if !entered[need] {
          entered[need] = true
          stack.append((need, 0))
        }
      }
    }
    return order
  }
}
