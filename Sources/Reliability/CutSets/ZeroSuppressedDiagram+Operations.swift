/// The operations on two families, on an explicit stack.
///
/// Each works on the cofactors at the higher of the two levels, the sets without its element first. A step that
/// needs the result of another starts it and waits; its `step` says for which result.
extension ZeroSuppressedDiagram {
  /// What to make of two minimal families; the raw value tells cache entries apart.
  enum Operation: UInt32 {
    /// The sets of the first that contain no set of the second.
    case without
    /// The sets of the first that are not in the second.
    case difference
    /// The minimal sets of both.
    case union
    /// The minimal unions of a set of the first and one of the second, up to so many elements.
    case product
    /// The sets of the first with up to so many elements.
    case limited

    /// Told apart by the limit, too.
    @inline(__always)
    func tag(_ limit: UInt32) -> UInt32 { limit << 3 | rawValue }
  }

  /// No limit of elements.
  static let unlimited: UInt32 = 1 << 28

  /// The result of an operation.
  func result(
    _ operation: Operation, _ left: Family, _ right: Family, limit: UInt32 = unlimited
  ) throws(TooLarge) -> Family {
    var depth = 0
    var value =
      operation == .without
      ? startWithout(left, right, &depth) : start(operation, left, right, &depth, limit: limit)
    while depth > 0 {
      guard storage.pointee.count < nodeLimit, storage.pointee.steps < stepLimit else {
        throw TooLarge(nodeLimit: nodeLimit)
      }
      let frame = storage.pointee.frames + (depth - 1)
      switch frame.pointee.tag & 7 {
      case Operation.without.rawValue: value = resumeWithout(frame, value, &depth)
      case Operation.difference.rawValue: value = resumeDifference(frame, value, &depth)
      case Operation.union.rawValue: value = resumeUnion(frame, value, &depth)
      case Operation.product.rawValue: value = resumeProduct(frame, value, &depth)
      default: value = resumeLimited(frame, value, &depth)
      }
    }
    return value
  }

  /// Goes down until a result follows at once or is remembered; every step on the way waits for the next.
  private func start(
    _ asked: Operation, _ left: Family, _ right: Family, _ depth: inout Int,
    limit: UInt32 = unlimited
  ) -> Family {
    var (operation, left, right) = (asked, left, right)
    let nodes = storage.pointee.nodes
    while true {
      if operation == .union || operation == .product, left > right { swap(&left, &right) }
      if operation == .product, left == 1 || left == right { (operation, left, right) = (.limited, right, 0) }
      if let value = settled(operation, left, right, limit) { return value }
      let leftNode = nodes[Int(left)]
      let rightNode = nodes[Int(right)]
      if rightNode.level < leftNode.level, operation == .difference {
        right = rightNode.low
        continue
      }
      let tag = operation.tag(limit)
      let place = ZeroSuppressedStorage.hash(tag, left, right) & storage.pointee.cacheMask
      let entry = storage.pointee.cache[place]
      if entry.tag == tag, entry.left == left, entry.right == right { return entry.result }
      storage.pointee.reserveFrame(depth)
      storage.pointee.frames[depth] = ZeroSuppressedFrame(
        left: left, right: right, tag: tag, step: 0, low: 0, spare: 0)
      depth += 1
      let level = min(leftNode.level, rightNode.level)
      if leftNode.level == level { left = leftNode.low }
      if rightNode.level == level { right = rightNode.low }
    }
  }

  /// The result when it follows at once.
  @inline(__always)
  private func settled(
    _ operation: Operation, _ left: Family, _ right: Family, _ limit: UInt32
  ) -> Family? {
    switch operation {
    case .without, .difference:
      if left == 0 || right == 0 { return left }
      if left == right { return 0 }
      return left == 1 || right == 1 ? left : nil
    case .union:
      if left == 0 || left == right { return right }
      return left == 1 ? 1 : nil
    case .product, .limited:
      if left == 0 || operation == .limited && (left == 1 || limit == ZeroSuppressedDiagram.unlimited) {
        return left
      }
      if limit > 0 { return nil }
      storage.pointee.isTruncated = true
      return 0
    }
  }

  /// Ends the top step with its node.
  @inline(__always)
  private func finish(
    _ frame: UnsafeMutablePointer<ZeroSuppressedFrame>, _ high: Family, _ depth: inout Int
  ) -> Family {
    let done = frame.pointee
    let nodes = storage.pointee.nodes
    let level = min(nodes[Int(done.left)].level, nodes[Int(done.right)].level)
    let node = storage.pointee.node(level, done.low, high)
    storage.pointee.remember(done.tag, done.left, done.right, node)
    depth -= 1
    return node
  }

  /// `start` for the operation that takes most of the time.
  private func startWithout(_ left: Family, _ right: Family, _ depth: inout Int) -> Family {
    var (left, right) = (left, right)
    let nodes = storage.pointee.nodes
    let tag = Operation.without.tag(ZeroSuppressedDiagram.unlimited)
    while true {
      if left == 0 || right == 0 { return left }
      if right == 1 || left == right { return 0 }
      if left == 1 { return 1 }
      let leftNode = nodes[Int(left)]
      var rightNode = nodes[Int(right)]
      if rightNode.level < leftNode.level {
        repeat {
          right = rightNode.low
          rightNode = nodes[Int(right)]
        } while rightNode.level < leftNode.level
        if right == 0 { return left }
        if right == 1 || left == right { return 0 }
      }
      let place = ZeroSuppressedStorage.hash(tag, left, right) & storage.pointee.cacheMask
      let entry = storage.pointee.cache[place]
      if entry.left == left, entry.right == right, entry.tag == tag { return entry.result }
      storage.pointee.reserveFrame(depth)
      storage.pointee.frames[depth] = ZeroSuppressedFrame(
        left: left, right: right, tag: tag, step: 0, low: 0, spare: 0)
      depth += 1
      if leftNode.level == rightNode.level { right = rightNode.low }
      left = leftNode.low
    }
  }

  private func resumeWithout(
    _ frame: UnsafeMutablePointer<ZeroSuppressedFrame>, _ value: Family, _ depth: inout Int
  ) -> Family {
    let left = storage.pointee.nodes[Int(frame.pointee.left)]
    let right = storage.pointee.nodes[Int(frame.pointee.right)]
    switch frame.pointee.step {
    case 0:
      frame.pointee.low = value
      guard left.level == right.level else {
        frame.pointee.step = 2
        return startWithout(left.high, frame.pointee.right, &depth)
      }
      frame.pointee.step = 1
      return startWithout(left.high, right.high, &depth)
    case 1:
      frame.pointee.step = 2
      return startWithout(value, right.low, &depth)
    default:
      return finish(frame, value, &depth)
    }
  }

  private func resumeDifference(
    _ frame: UnsafeMutablePointer<ZeroSuppressedFrame>, _ value: Family, _ depth: inout Int
  ) -> Family {
    let left = storage.pointee.nodes[Int(frame.pointee.left)]
    let right = storage.pointee.nodes[Int(frame.pointee.right)]
    guard frame.pointee.step == 0 else { return finish(frame, value, &depth) }
    frame.pointee.low = value
    guard left.level == right.level else { return finish(frame, left.high, &depth) }
    frame.pointee.step = 1
    return start(.difference, left.high, right.high, &depth)
  }

  private func resumeUnion(
    _ frame: UnsafeMutablePointer<ZeroSuppressedFrame>, _ value: Family, _ depth: inout Int
  ) -> Family {
    let left = storage.pointee.nodes[Int(frame.pointee.left)]
    let right = storage.pointee.nodes[Int(frame.pointee.right)]
    switch frame.pointee.step {
    case 0:
      frame.pointee.low = value
      if left.level == right.level {
        frame.pointee.step = 1
        return start(.union, left.high, right.high, &depth)
      }
      frame.pointee.step = 2
      return startWithout(left.level < right.level ? left.high : right.high, value, &depth)
    case 1:
      frame.pointee.step = 2
      return startWithout(value, frame.pointee.low, &depth)
    default:
      return finish(frame, value, &depth)
    }
  }

  /// (x·a + b)(x·c + d) = x·(a(c + d) + b·c) + b·d, and what b·d covers leaves the sets with x.
  private func resumeProduct(
    _ frame: UnsafeMutablePointer<ZeroSuppressedFrame>, _ value: Family, _ depth: inout Int
  ) -> Family {
    let left = storage.pointee.nodes[Int(frame.pointee.left)]
    let right = storage.pointee.nodes[Int(frame.pointee.right)]
    let limit = limitBelow(frame)
    frame.pointee.step += 1
    switch frame.pointee.step {
    case 1:
      frame.pointee.low = value
      if left.level == right.level { return start(.union, right.low, right.high, &depth) }
      frame.pointee.step = 4
      return left.level < right.level
        ? start(.product, left.high, frame.pointee.right, &depth, limit: limit)
        : start(.product, frame.pointee.left, right.high, &depth, limit: limit)
    case 2:
      return start(.product, left.high, value, &depth, limit: limit)
    case 3:
      frame.pointee.spare = value
      return start(.product, left.low, right.high, &depth, limit: limit)
    case 4:
      return start(.union, frame.pointee.spare, value, &depth)
    case 5:
      return startWithout(value, frame.pointee.low, &depth)
    default:
      return finish(frame, value, &depth)
    }
  }

  private func resumeLimited(
    _ frame: UnsafeMutablePointer<ZeroSuppressedFrame>, _ value: Family, _ depth: inout Int
  ) -> Family {
    guard frame.pointee.step == 0 else { return finish(frame, value, &depth) }
    frame.pointee.low = value
    frame.pointee.step = 1
    let high = storage.pointee.nodes[Int(frame.pointee.left)].high
    return start(.limited, high, 0, &depth, limit: limitBelow(frame))
  }

  /// How many more elements a set may have that has the one of the frame's level.
  private func limitBelow(_ frame: UnsafeMutablePointer<ZeroSuppressedFrame>) -> UInt32 {
    let limit = frame.pointee.tag >> 3
    return limit == ZeroSuppressedDiagram.unlimited ? limit : limit - 1
  }
}
