using Ring.Core;

namespace Ring.Tests.Sequencing;

[TestFixture]
public class AbandonedClaimsTests
{
    [TestCase(1)]
    [TestCase(4)]
    public void A_mark_is_of_one_sequence_for_ever(int size)
    {
        AbandonedClaims claims = new(size);
        claims.Add(2);

        Assert.Multiple(() =>
        {
            Assert.That(claims.Contains(2), Is.True);
            Assert.That(claims.Contains(2 + size), Is.False);
            Assert.That(claims.Contains(2 + (size * (1L << 32))), Is.False, "2^32 laps later");
            Assert.That(claims.Contains(0), Is.False, "never marked");
        });
    }

    [Test]
    public void A_later_mark_replaces_that_of_the_lap_before()
    {
        AbandonedClaims claims = new(2);
        claims.Add(1);
        claims.Add(3);

        Assert.That(claims.Contains(3), Is.True);
        Assert.That(claims.Contains(1), Is.False);
    }
}
