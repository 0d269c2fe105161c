/// Partial plans by place, each with its measures, the plan it continues, and the option that it took.
struct LabelStore {
  /// How many numbers a label has.
  let width: Int
  /// The numbers of the labels of the last place.
  private(set) var values: [Double]
  private var parents: [[Int32]] = []
  private var options: [[Int32]] = []

  /// A store with one empty plan.
  init(root: [Double]) {
    width = root.count
    values = root
  }

  /// How many partial plans there are.
  var count: Int { values.count / width }

  /// Replaces the labels by ones that continue them.
  mutating func replace(by next: LabelBatch, keeping kept: [Int]) {
    var continued: [Double] = []
    continued.reserveCapacity(kept.count * width)
    for label in kept { continued += next.values[label * width..<(label + 1) * width] }
    values = continued
    parents.append(kept.map { next.parents[$0] })
    options.append(kept.map { next.options[$0] })
  }

  /// The options taken by a label of the last place, from the first place on.
  func plan(of label: Int) -> [Int] {
    var plan: [Int] = []
    var label = label
    for (parents, options) in zip(parents, options).reversed() {
      plan.append(Int(options[label]))
      label = Int(parents[label])
    }
    return plan.reversed()
  }
}

/// Labels on their way into a store.
struct LabelBatch {
  var values: [Double] = []
  var parents: [Int32] = []
  var options: [Int32] = []

  /// How many there are.
  var count: Int { parents.count }
}
