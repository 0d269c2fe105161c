/// |found − expected| relative to the expected number; absolute where that is 0.
func relativeError(_ found: Double, _ expected: Double) -> Double {
  if found == expected { return 0 }
  return abs(found - expected) / (expected == 0 ? 1 : abs(expected))
}

/// The difference in units in the last place of the expected number.
func ulps(_ found: Double, _ expected: Double) -> Double {
  found == expected ? 0 : abs(found - expected) / expected.ulp
}
