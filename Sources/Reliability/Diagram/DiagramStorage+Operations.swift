/// And, xor and if-then-else, on an explicit stack. Every operation gives `none` when it would need too much.
extension DiagramStorage {
  /// Both.
  mutating func and(_ left: UInt32, _ right: UInt32) -> UInt32 {
    let base = frameCount
    var (first, second) = (left, right)
    while true {
      if first > second { swap(&first, &second) }
      var value: UInt32
      if first < 2 {
        value = first == 0 ? 0 : second
      } else if first == second {
        value = first
      } else if first ^ second == 1 {
        value = 0
      } else {
        let entry = cache[cachePlace(first, second, DiagramStorage.andTag)]
        if entry.first == first, entry.second == second, entry.third == DiagramStorage.andTag {
          value = entry.result
        } else {
          let variable = min(nodes[Int(first &>> 1)].variable, nodes[Int(second &>> 1)].variable)
          let frame = DiagramFrame(
            first: first, second: second, third: DiagramStorage.andTag, variable: variable,
            low: DiagramStorage.none, sign: 0)
          guard push(frame) else { return giveUp(base) }
          (first, second) = (low(first, variable), low(second, variable))
          continue
        }
      }
      guard let next = unwind(&value, base) else { return value }
      (first, second) = (high(next.first, next.variable), high(next.second, next.variable))
    }
  }

  /// One but not both.
  mutating func xor(_ left: UInt32, _ right: UInt32) -> UInt32 {
    let base = frameCount
    var (first, second) = (left, right)
    while true {
      let sign = (first ^ second) & 1
      (first, second) = (first & ~1, second & ~1)
      if first > second { swap(&first, &second) }
      var value: UInt32
      if first == 0 {
        value = second ^ sign
      } else if first == second {
        value = sign
      } else {
        let entry = cache[cachePlace(first, second, DiagramStorage.xorTag)]
        if entry.first == first, entry.second == second, entry.third == DiagramStorage.xorTag {
          value = entry.result ^ sign
        } else {
          let variable = min(nodes[Int(first &>> 1)].variable, nodes[Int(second &>> 1)].variable)
          let frame = DiagramFrame(
            first: first, second: second, third: DiagramStorage.xorTag, variable: variable,
            low: DiagramStorage.none, sign: sign)
          guard push(frame) else { return giveUp(base) }
          (first, second) = (low(first, variable), low(second, variable))
          continue
        }
      }
      guard let next = unwind(&value, base) else { return value }
      (first, second) = (high(next.first, next.variable), high(next.second, next.variable))
    }
  }

  /// `test` ? `then` : `otherwise`.
  mutating func ifThenElse(_ test: UInt32, _ then: UInt32, _ otherwise: UInt32) -> UInt32 {
    let base = frameCount
    var (first, second, third) = (test, then, otherwise)
    while true {
      var value = DiagramStorage.none
      let sign = normalise(&first, &second, &third)
      if let simple = twoOperand(first, second, third) {
        if simple == DiagramStorage.none { return giveUp(base) }
        value = simple ^ sign
      } else {
        let entry = cache[cachePlace(first, second, third)]
        if entry.first == first, entry.second == second, entry.third == third {
          value = entry.result ^ sign
        } else {
          let variable = min(
            nodes[Int(first &>> 1)].variable,
            min(nodes[Int(second &>> 1)].variable, nodes[Int(third &>> 1)].variable))
          let frame = DiagramFrame(
            first: first, second: second, third: third, variable: variable,
            low: DiagramStorage.none, sign: sign)
          guard push(frame) else { return giveUp(base) }
          (first, second, third) = (low(first, variable), low(second, variable), low(third, variable))
          continue
        }
      }
      guard let next = unwind(&value, base) else { return value }
      first = high(next.first, next.variable)
      second = high(next.second, next.variable)
      third = high(next.third, next.variable)
    }
  }

  /// Gives a finished result to the steps that wait for it, until one needs its high cofactor, which is returned.
  ///
  /// With `nil`, the value is the result of the whole operation.
  @inline(__always)
  private mutating func unwind(_ value: inout UInt32, _ base: Int) -> DiagramFrame? {
    while frameCount > base {
      let frame = frames[frameCount &- 1]
      if frame.low == DiagramStorage.none {
        frames[frameCount &- 1].low = value
        return frame
      }
      let result = node(frame.variable, frame.low, value)
      cache[cachePlace(frame.first, frame.second, frame.third)] = DiagramCacheEntry(
        first: frame.first, second: frame.second, third: frame.third, result: result)
      value = result ^ frame.sign
      frameCount &-= 1
    }
    return nil
  }

  /// Makes the test and the first choice positive; returns one when the result is to be negated.
  @inline(__always)
  private func normalise(_ test: inout UInt32, _ then: inout UInt32, _ otherwise: inout UInt32) -> UInt32 {
    if test & 1 == 1 {
      test ^= 1
      swap(&then, &otherwise)
    }
    if then | 1 == test | 1 { then = then == test ? 1 : 0 }
    if otherwise | 1 == test | 1 { otherwise = otherwise == test ? 0 : 1 }
    let sign = then & 1
    then ^= sign
    otherwise ^= sign
    return sign
  }

  /// The result when two operands are enough; `nil` when not. The choice `then` is positive.
  @inline(__always)
  private mutating func twoOperand(_ test: UInt32, _ then: UInt32, _ otherwise: UInt32) -> UInt32? {
    if test == 0 { return otherwise }
    if then == otherwise { return then }
    if then == 0 { return and(test ^ 1, otherwise) }
    if otherwise == 0 { return and(test, then) }
    if otherwise == 1 {
      let both = and(test, then ^ 1)
      return both == DiagramStorage.none ? both : both ^ 1
    }
    if then ^ otherwise == 1 { return xor(test, otherwise) }
    return nil
  }

  @inline(__always)
  private func low(_ function: UInt32, _ variable: UInt32) -> UInt32 {
    let node = nodes[Int(function &>> 1)]
    return node.variable == variable ? node.low ^ (function & 1) : function
  }

  @inline(__always)
  private func high(_ function: UInt32, _ variable: UInt32) -> UInt32 {
    let node = nodes[Int(function &>> 1)]
    return node.variable == variable ? node.high ^ (function & 1) : function
  }

  private mutating func giveUp(_ base: Int) -> UInt32 {
    frameCount = base
    return DiagramStorage.none
  }
}
