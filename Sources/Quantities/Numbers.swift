/// Thousands separated by commas, with a fixed number of decimals: `10,000`, `1,234.5`.
public func grouped(_ value: Double, decimals: Int) -> String {
  guard value.isFinite else { return value.isNaN ? "unknown" : "unbounded" }
  guard abs(value) < 1e15 else {
    return abs(value) < 9e18 ? grouped(Int(value.rounded())) : significant(value, digits: 6)
  }
  let text = fixed(abs(value), decimals: decimals)
  let parts = text.split(separator: ".", omittingEmptySubsequences: false)
  let whole = Array(parts[0])
  var out = value < 0 && text.contains(where: { ("1"..."9").contains($0) }) ? "-" : ""
  for (index, digit) in whole.enumerated() {
    if index > 0, (whole.count - index) % 3 == 0 { out.append(",") }
    out.append(digit)
  }
  return parts.count > 1 ? out + "." + parts[1] : out
}

/// Thousands separated by commas: `10,000`.
public func grouped(_ value: Int) -> String {
  let digits = Array(String(value.magnitude))
  var out = value < 0 ? "-" : ""
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.count - index) % 3 == 0 { out.append(",") }
    out.append(digit)
  }
  return out
}

/// A number to so many significant digits, without an exponent between 1e-4 and 1e15: `0.0123`, `17.3`, `506`.
public func significant(_ value: Double, digits: Int) -> String {
  guard value != 0, value.isFinite else { return value == 0 ? "0" : grouped(value, decimals: 0) }
  let power = Int(rounded(log10Floor(abs(value), digits: digits)))
  if power < -4 || power > 15 { return scientific(value, digits: digits, power: power) }
  return grouped(value, decimals: max(0, digits - 1 - power))
}

/// The shortest text that reads back as the same double, without a trailing `.0`.
public func shortest(_ value: Double) -> String {
  let text = "\(value)"
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}

/// A fixed number of decimals, rounded half away from zero on the exact value.
func fixed(_ value: Double, decimals: Int) -> String {
  let scale = (0..<decimals).reduce(1.0) { power, _ in power * 10 }
  let scaled = (value * scale).rounded()
  guard scaled < 9e18, decimals > 0 else { return "\(Int(min(scaled, 9e18)))" }
  let digits = "\(Int(scaled))"
  let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
  return padded.dropLast(decimals) + "." + padded.suffix(decimals)
}

private func rounded(_ value: Double) -> Double { value.rounded(.down) }

/// ⌊log₁₀⌋ of a value after rounding it to so many digits, so that 9.996 to three digits counts as 10.0.
private func log10Floor(_ value: Double, digits: Int) -> Double {
  var power = 0.0
  var scaled = value
  while scaled >= 10 {
    scaled /= 10
    power += 1
  }
  while scaled < 1 {
    scaled *= 10
    power -= 1
  }
  let unit = (1..<max(1, digits)).reduce(1.0) { unit, _ in unit / 10 }
  return scaled + unit / 2 >= 10 ? power + 1 : power
}

private func scientific(_ value: Double, digits: Int, power: Int) -> String {
  var mantissa = value
  for _ in 0..<abs(power) { mantissa = power > 0 ? mantissa / 10 : mantissa * 10 }
  return "\(grouped(mantissa, decimals: max(0, digits - 1)))e\(power)"
}
