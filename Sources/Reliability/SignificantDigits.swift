extension Double {
  /// Away from 0 to so many significant digits.
  func rounded(_ rule: FloatingPointRoundingRule, digits: Int) -> Double {
    guard self > 0 else { return self }
    var scale = 1.0
    while self * scale < 1 { scale *= 10 }
    for _ in 1..<digits { scale *= 10 }
    return (self * scale).rounded(rule) / scale
  }
}
