import Reports
import Testing

@Suite("The worst zone")
struct ZoneLossTests {
  @Test("is the one that leaves least, and its fullest limit is what is asked of what is left")
  func worst() throws {
    let loss = try #require(ZoneLoss(try ModelText.graph(DomainLossTests.shop)))
    let checkout = try #require(loss.services.first { $0.capability == "checkout" })
    // 6 of 9 units left for 7.5 units' worth: 80 %; in zone b the cache is gone too, 20 % of the rest.
    #expect(checkout.zone == "b")
    #expect(abs(checkout.afterFailover - 0.8 * 0.8) < 1e-12)
    let fullest = try #require(loss.fullest)
    #expect(fullest.name == "api")
    #expect(abs((fullest.share ?? 0) - 7.5 / 6) < 1e-12)
  }

  @Test("is not there without zones")
  func none() throws {
    #expect(
      try ZoneLoss(
        ModelText.graph("components: {a: {}}\ncapabilities: {s: {depends-on: {a: hard}}}\n")) == nil)
  }
}
