import CloudCost
import Foundation
import Quantities
import Testing

/// What a bucket has to hold, read out of its keys.
@Suite struct BucketDemandTests {
  private func reading(_ stated: Stated) -> BucketDemand.Reading {
    BucketDemand.reading(StatedResource(stated.declaration, path: "a", conventions: CostConventions()))
  }

  private func held(_ stated: Stated) -> BucketDemand? {
    if case .complete(let demand) = reading(stated) { demand } else { nil }
  }

  /// 100 GB a month for a year are 1,200 GB in the long run, whichever classes they pass.
  @Test func aLifecycleHoldsWhatItKeeps() throws {
    let demand = try #require(
      held([
        "ingest": "100 GB/month", "object-size": "1 GB", "standard": ["requests": ["get": "7 /month"]],
        "lifecycle": [["after": "90 d", "to": "glacier"], ["after": "365 d", "delete": "yes"]],
        "glacier": ["retrieval": ["bulk": ["data": "10 GB/month"], "standard": ["data": "3 GB/month"]]],
      ]))
    #expect(abs(demand.gigabytes - 1200) < Decimal(string: "0.000001")!)
    #expect(demand.objectGigabytes == 1)
    #expect(demand.retention == TimeSpan(hours: 8760))
    #expect(demand.readGigabytes == 20)
    #expect(demand.storageClasses == [.standard, .glacier])
  }

  @Test func classesAddUp() throws {
    let demand = try #require(
      held([
        "object-size": "4 MiB", "standard": ["size": "100 GB"],
        "intelligent-tiering": ["frequent": "20 GB", "archive": "30 GB"],
        "one-zone-ia": ["size": "50 GB", "retrieval": ["data": "5 GB/month"]],
      ]))
    #expect(demand.gigabytes == 200)
    #expect(demand.retention == nil)
    #expect(demand.readGigabytes == 5)
  }

  @Test func asksForWhatIsMissing() {
    #expect(reading(["requests": ["get": "1 /month"]]) == .needs("size: 500 GB"))
    #expect(reading(["size": "1 TB"]) == .needs("object-size: 16 MB"))
  }
}
