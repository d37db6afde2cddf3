using Ring.Tracing;

namespace Ring.Tests.Tracing;

[TestFixture]
public sealed class SourceNameFilterTests
{
    [TestCase("Shop.Cart", "Shop.Cart", true)]
    [TestCase("Shop.Cart", "Shop.Cart.Items", false)]
    [TestCase("Shop.Cart", "shop.cart", false)]
    [TestCase("Shop.*", "Shop.Cart", true)]
    [TestCase("Shop.*", "Shop", false)]
    [TestCase("*", "Anything", true)]
    public void A_name_matches_itself_and_a_star_matches_any_ending(string pattern, string name, bool expected)
        => Assert.That(new SourceNameFilter(["Other", pattern]).Matches(name), Is.EqualTo(expected));

    [TestCase("Shop", true)]
    [TestCase("Shop*", true)]
    [TestCase("*", true)]
    [TestCase("", false)]
    [TestCase(" ", false)]
    [TestCase(null, false)]
    [TestCase("*Shop", false)]
    [TestCase("Sh*p*", false)]
    public void A_star_may_only_stand_at_the_end(string? pattern, bool expected)
        => Assert.That(SourceNameFilter.IsValid(pattern), Is.EqualTo(expected));
}
