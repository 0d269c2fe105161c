/// Whole designs to hold independent parts against: the best and worst of each site, every rank, and a few at random.
struct DesignSamples {
  let designs: [[Int]]

  /// - Parameter random: how many at random, always the same ones.
  init(_ factored: FactoredDesigns, random: Int = 8) {
    let ranked = factored.options.indices.map { site in
      factored.options[site].indices.sorted {
        factored.monthlyOptions[site][$0] != factored.monthlyOptions[site][$1]
          ? factored.monthlyOptions[site][$0] < factored.monthlyOptions[site][$1] : $0 < $1
      }
    }
    let depth = min(4, ranked.map(\.count).max() ?? 1)
    var chosen = (0..<depth).map { rank in ranked.map { $0[min(rank, $0.count - 1)] } }
    chosen.append(ranked.map { $0[$0.count - 1] })
    chosen.append(ranked.enumerated().map { $1[$0 % 2 == 0 ? 0 : $1.count - 1] })
    chosen.append(ranked.enumerated().map { $1[$0 % 2 == 1 ? 0 : $1.count - 1] })
    // Knuth's linear congruential generator (MMIX): which designs are taken decides nothing but where one looks.
    var state: UInt64 = 2_024
    for _ in 0..<random {
      chosen.append(
        ranked.map { options in
          state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          return Int((state >> 33) % UInt64(options.count))
        })
    }
    var seen: Set<[Int]> = []
    designs = chosen.map { factored.design($0) }.filter { seen.insert($0).inserted }
  }
}
