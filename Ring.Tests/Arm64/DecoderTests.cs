namespace Ring.Tests.Arm64;

[TestFixture]
public class DecoderTests
{
    [TestCase(0xC8DFFC00u, "ldar x")]
    [TestCase(0x88DFFC00u, "ldar w")]
    [TestCase(0xF8BFC000u, "ldapr x")]
    [TestCase(0xD9408015u, "ldapur x")]
    [TestCase(0xC89FFD61u, "stlr x")]
    [TestCase(0xD9000000u, "stlur x")]
    [TestCase(0xC8E2FC61u, "casal x")]
    [TestCase(0xF8E10000u, "ldaddal x")]
    [TestCase(0xF8E18000u, "swpal x")]
    [TestCase(0xD5033BBFu, "dmb ish")]
    public void What_orders_memory_is_known(uint word, string text) =>
        Assert.That(Decoder.Decode(word), Has.Property(nameof(Operation.Text)).EqualTo(text).And.Property(nameof(Operation.Kind)).Not.EqualTo(OrderKind.Weak));

    [TestCase(0xC8A2FC61u, TestName = "casl")]
    [TestCase(0xC8E27C61u, TestName = "casa")]
    [TestCase(0xC8A27C61u, TestName = "cas")]
    [TestCase(0xF8210000u, TestName = "ldadd")]
    [TestCase(0xF8A10000u, TestName = "ldadda")]
    [TestCase(0xF8618000u, TestName = "swpl")]
    [TestCase(0xC85F7C00u, TestName = "ldxr")]
    [TestCase(0xC85FFC00u, TestName = "ldaxr")]
    [TestCase(0xD50339BFu, TestName = "dmb ishld")]
    public void What_orders_less_is_weak(uint word) =>
        Assert.That(Decoder.Decode(word)?.Kind, Is.EqualTo(OrderKind.Weak));

    [TestCase(0xF9400000u, TestName = "ldr")]
    [TestCase(0xF9000000u, TestName = "str")]
    [TestCase(0xA9BF7BFDu, TestName = "stp")]
    [TestCase(0xF8400400u, TestName = "ldr, post-indexed")]
    [TestCase(0xF8616800u, TestName = "ldr, register offset")]
    [TestCase(0xD5033FDFu, TestName = "isb")]
    public void An_ordinary_instruction_orders_nothing(uint word) =>
        Assert.That(Decoder.Decode(word), Is.Null);
}
